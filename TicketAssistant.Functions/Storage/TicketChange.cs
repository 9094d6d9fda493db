using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage;

/// <summary>A change of a ticket with all that goes with it: stored whole or not at all.</summary>
/// <param name="Ticket">The ticket as it is to be, with the version that it was read with.</param>
public sealed record TicketChange(Ticket Ticket)
{
    /// <summary>Who is to have it from now on; null where that doesn't change.</summary>
    public AssigneeChange? Assignee { get; init; }

    /// <summary>
    /// What is to be added to the timeline, numbered on from what it had: the last one is the ticket's new
    /// <see cref="Ticket.LastEntry"/>.
    /// </summary>
    public IReadOnlyList<TimelineEntry> Entries { get; init; } = [];

    /// <summary>What it entails, to be carried out after.</summary>
    public IReadOnlyList<TicketEffect> Effects { get; init; } = [];

    /// <summary>What its effects are found by.</summary>
    public EffectsKey EffectsKey => new(Ticket.Id, Ticket.Version + 1);

    /// <exception cref="ArgumentException">The entries' numbers don't lead to the ticket's last one.</exception>
    internal void CheckNumbers()
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Seq != Ticket.LastEntry - Entries.Count + 1 + i)
                throw new ArgumentException($"Entry {Entries[i].Seq} of ticket {Ticket.Id} is out of sequence: its last one is to be {Ticket.LastEntry}.");
        }
    }
}
