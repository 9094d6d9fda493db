using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>What an analyser makes of a ticket, already validated: closed enums, capped lengths, cleaned skills.</summary>
/// <param name="Reasoning">Why it decided so; at most 1,000 characters.</param>
/// <param name="Summary">One or two sentences; at most 500 characters.</param>
/// <param name="Type">Kind of request.</param>
/// <param name="Priority">How soon it needs a person.</param>
/// <param name="RequiredSkills">At most 8, most important first; moderators' own spelling where one has it.</param>
/// <param name="HelpfulNotes">Hints for the assignee; at most 4,000 characters; untrusted text.</param>
/// <param name="Language">ISO 639-1 code, or null.</param>
/// <param name="Sentiment">calm, frustrated or angry, or null.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record TicketAnalysis(
    string Reasoning,
    string Summary,
    TicketType Type,
    TicketPriority Priority,
    IReadOnlyList<string> RequiredSkills,
    string HelpfulNotes,
    string? Language,
    string? Sentiment,
    double Confidence);
