using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>
/// Holds the offline analyser to floors on the labelled sets, a good way below what was measured: a change of the tables that
/// costs more than a few tickets fails here.
/// </summary>
public sealed class QualityTests
{
    [Theory]
    [InlineData("north")]
    [InlineData("south")]
    [InlineData("west")]
    [InlineData("east")]
    public void The_labelled_tickets_are_triaged_well(string desk)
    {
        var team = LabelledTicket.Desk.Of(desk);
        var all = LabelledTicket.All(desk).Select(ticket => (Ticket: ticket, Decision: ticket.Decide(ticket.Description, team))).ToList();
        Assert.True(all.Count >= 50);

        AssertShare(0.84, all, t => IsRight(t.Ticket, t.Decision.Assignee), "assignee");
        AssertShare(0.82, all, t => t.Ticket.Expect.Type.Contains(t.Decision.Type), "type");
        AssertShare(0.80, all, t => t.Ticket.Expect.Priority.Contains(t.Decision.Priority), "priority");
    }

    [Fact]
    public void Admins_get_what_nobody_covers_and_little_else()
    {
        var all = LabelledTicket.Desks.SelectMany(desk =>
        {
            var team = LabelledTicket.Desk.Of(desk);
            return LabelledTicket.All(desk).Select(ticket => (Ticket: ticket, Decision: ticket.Decide(ticket.Description, team)));
        }).ToList();

        AssertShare(0.85, [.. all.Where(t => t.Ticket.Expect.Assignees.Count == 0)], t => t.Decision.Assignee is null, "tickets for admins");
        AssertShare(0.65, [.. all.Where(t => t.Decision.Assignee is null)], t => t.Ticket.Expect.Assignees.Count == 0, "tickets at admins");
    }

    private static bool IsRight(LabelledTicket ticket, string? assignee) =>
        assignee is null ? ticket.Expect.Assignees.Count == 0 : ticket.Expect.Assignees.Contains(assignee);

    private static void AssertShare<T>(double floor, List<T> all, Func<T, bool> right, string what)
    {
        var share = (double)all.Count(right) / all.Count;
        Assert.True(share >= floor, $"{what}: {share:0.000} of {all.Count}, floor {floor}");
    }
}
