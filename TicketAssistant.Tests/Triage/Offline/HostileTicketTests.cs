using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>Every hostile ticket of the labelled sets against itself without what was injected.</summary>
public sealed class HostileTicketTests
{
    private static readonly Dictionary<string, LabelledTicket.Desk> Desks = LabelledTicket.Desks.ToDictionary(desk => desk, LabelledTicket.Desk.Of);

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var desk in LabelledTicket.Desks)
            {
                foreach (var ticket in LabelledTicket.All(desk).Where(ticket => ticket.Injected is not null)) data.Add(desk, ticket.Id);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_ticket_comes_out_as_its_clean_twin(string desk, string id)
    {
        var ticket = LabelledTicket.All(desk).Single(ticket => ticket.Id == id);
        Assert.NotEqual(ticket.CleanDescription, ticket.Description);

        Assert.Equal(ticket.Decide(ticket.CleanDescription, Desks[desk]), ticket.Decide(ticket.Description, Desks[desk]));
    }

    [Fact]
    public void There_are_enough_hostile_tickets()
    {
        Assert.True(Hostile.Count >= 40);
    }

    [Fact]
    public void Tickets_without_hostile_parts_keep_nearly_all_of_their_text()
    {
        var clean = LabelledTicket.Desks.SelectMany(desk => LabelledTicket.All(desk).Select(ticket => (Desk: desk, Ticket: ticket))).Where(t => t.Ticket.Injected is null).ToList();

        var cut = clean.Where(t => TicketReading.Of(t.Ticket.Title, t.Ticket.Description, CueTables.Matcher, Desks[t.Desk].Vocabulary.OwnNames).WasSteered).ToList();

        Assert.True(cut.Count <= clean.Count / 50, string.Join(", ", cut.Select(t => t.Ticket.Id)));
    }
}
