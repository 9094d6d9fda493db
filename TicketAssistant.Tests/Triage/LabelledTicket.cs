using System.Text.Json;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Routing;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Tests.Triage;

/// <summary>A line of <c>Triage/Data</c>: a ticket and what a good triage would make of it.</summary>
internal sealed record LabelledTicket(
    string Id, string Title, string Description, LabelledTicket.Expectation Expect, IReadOnlyList<string> Tags, IReadOnlyList<string>? Injected)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The desks, by the name of their files.</summary>
    public static readonly string[] Desks = ["north", "south", "west", "east"];

    public string CleanDescription => (Injected ?? []).Aggregate(Description, (text, part) => text.Replace(part, "", StringComparison.Ordinal));

    public static IReadOnlyList<LabelledTicket> All(string desk) =>
        [.. new[] { "open", "sealed" }.SelectMany(half => Lines($"{desk}-{half}.jsonl")).Select(line => JsonSerializer.Deserialize<LabelledTicket>(line, Json)!)];

    /// <summary>Type, priority and the chosen moderator (null: an admin) for a text of this ticket.</summary>
    public Decision Decide(string description, Desk desk)
    {
        var analysis = OfflineAnalyzer.Analyze(Title, description, desk.Vocabulary);
        var tiers = AssignmentPlanner.ForModerators(analysis.RequiredSkills, desk.Index);
        return new Decision(Label(analysis.Type), Label(analysis.Priority), tiers.Count == 0 ? null : desk.Ids[tiers[0].Candidates.Min(candidate => candidate.UserId)]);
    }

    private static string Label<T>(T value) => JsonSerializer.Serialize(value).Trim('"');

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(typeof(LabelledTicket).Assembly.GetManifestResourceStream($"labelled/{file}")!);
        while (reader.ReadLine() is { } line) yield return line;
    }

    internal sealed record Expectation(IReadOnlyList<string> Type, IReadOnlyList<string> Priority, IReadOnlyList<string> Skills, IReadOnlyList<string> Assignees);

    internal sealed record Decision(string Type, string Priority, string? Assignee);

    /// <summary>The moderators of a desk.</summary>
    internal sealed class Desk
    {
        private Desk(List<Moderator> moderators)
        {
            var staff = moderators.Select((moderator, i) => Staff.Moderator(i + 1, [.. moderator.Skills])).ToList();
            Vocabulary = SkillVocabulary.Build(staff);
            Index = SkillIndex.Build(staff);
            Ids = staff.Select((person, i) => (person.Id, moderators[i].Id)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        }

        public SkillVocabulary Vocabulary { get; }

        public SkillIndex Index { get; }

        public IReadOnlyDictionary<Guid, string> Ids { get; }

        public static Desk Of(string name) => new(JsonSerializer.Deserialize<List<Moderator>>(string.Concat(Lines($"{name}-moderators.json")), Json)!);

        private sealed record Moderator(string Id, IReadOnlyList<string> Skills);
    }
}
