namespace TicketAssistant.Benchmarks.Triage;

/// <summary>A ticket and what a good triage would make of it; one line of the data file.</summary>
internal sealed record LabelledTicket(string Id, string Title, string Description, Expectation Expect, IReadOnlyList<string>? Tags);

/// <summary>All labels and people that are acceptable; no assignee means an admin.</summary>
internal sealed record Expectation(IReadOnlyList<string> Type, IReadOnlyList<string> Priority, IReadOnlyList<string> Skills, IReadOnlyList<string> Assignees);

/// <summary>A moderator of the data file.</summary>
internal sealed record LabelledModerator(string Id, string Name, string Email, IReadOnlyList<string> Skills);
