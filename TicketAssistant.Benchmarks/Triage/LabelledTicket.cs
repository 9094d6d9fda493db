namespace TicketAssistant.Benchmarks.Triage;

/// <summary>A ticket and what a good triage would make of it; one line of the data file.</summary>
/// <param name="Id">Names the line.</param>
/// <param name="Title">The ticket's title.</param>
/// <param name="Description">The ticket's text.</param>
/// <param name="Expect">What is acceptable.</param>
/// <param name="Tags">What makes it hard; <c>injection</c> when it tries to steer its own triage.</param>
/// <param name="Injected">The parts of a hostile description that do so; without them it is its own clean twin.</param>
internal sealed record LabelledTicket(
    string Id, string Title, string Description, Expectation Expect, IReadOnlyList<string>? Tags, IReadOnlyList<string>? Injected = null)
{
    /// <summary>The description without what was injected.</summary>
    public string CleanDescription => (Injected ?? []).Aggregate(Description, (text, part) => text.Replace(part, "", StringComparison.Ordinal));
}

/// <summary>All labels and people that are acceptable; no assignee means an admin.</summary>
internal sealed record Expectation(IReadOnlyList<string> Type, IReadOnlyList<string> Priority, IReadOnlyList<string>? Skills = null, IReadOnlyList<string>? Assignees = null)
{
    public IReadOnlyList<string> Skills { get; init; } = Skills ?? [];

    public IReadOnlyList<string> Assignees { get; init; } = Assignees ?? [];
}

/// <summary>A moderator of the data file.</summary>
internal sealed record LabelledModerator(string Id, string Name, string Email, IReadOnlyList<string> Skills);
