using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The part of a ticket that no query asks about, kept as JSON.</summary>
internal sealed record TicketDetails
{
    public IReadOnlyList<string> RelatedSkills { get; init; } = [];

    public string? Summary { get; init; }

    public string? HelpfulNotes { get; init; }

    public TicketTriage Triage { get; init; } = new();

    public IReadOnlyList<Guid> ReleasedBy { get; init; } = [];

    public IReadOnlyList<TicketField> HumanSet { get; init; } = [];

    public TicketFeedback? Feedback { get; init; }

    public static TicketDetails Of(Ticket ticket) => new()
    {
        RelatedSkills = ticket.RelatedSkills,
        Summary = ticket.Summary,
        HelpfulNotes = ticket.HelpfulNotes,
        Triage = ticket.Triage,
        ReleasedBy = ticket.ReleasedBy,
        HumanSet = ticket.HumanSet,
        Feedback = ticket.Feedback,
    };
}
