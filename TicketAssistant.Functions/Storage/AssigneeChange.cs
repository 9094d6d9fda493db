namespace TicketAssistant.Functions.Storage;

/// <summary>Who is to have a ticket. Unlike a claim, a person's decision asks neither for room nor for presence.</summary>
/// <param name="To">A moderator or admin; null to give it back, so that it is handed out again.</param>
public sealed record AssigneeChange(Guid? To)
{
    /// <summary>True where it is the app's own choice: it is kept as <see cref="Tickets.Ticket.ProposedAssignee"/>.</summary>
    public bool ByApp { get; init; }

    /// <summary>True where somebody who is away or full is to be refused like somebody who isn't staff.</summary>
    public bool OnlyIfFree { get; init; }
}
