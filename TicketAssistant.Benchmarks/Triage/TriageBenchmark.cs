using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Routing;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Benchmarks.Triage;

/// <summary>
/// Measures the offline analyser and the planner against labelled tickets. The assignee is chosen as the product does it: the
/// planner's first tier and in it the least loaded. Each ticket is judged by itself, so all counters are 0 and nobody has ever
/// been assigned anything; what decides then is the lowest id, which here is the order of the moderators' file.
/// </summary>
internal static class TriageBenchmark
{
    private const int Rounds = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string[] args)
    {
        var (ticketFile, moderatorFile) = (Options.Find(args, "--tickets"), Options.Find(args, "--moderators"));
        if (ticketFile is null || moderatorFile is null)
        {
            Console.Error.WriteLine("triage: --tickets F.jsonl and --moderators F.json are needed.");
            return 2;
        }

        var tickets = File.ReadLines(ticketFile).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<LabelledTicket>(line, Json)!).ToList();
        var moderators = JsonSerializer.Deserialize<List<LabelledModerator>>(File.ReadAllText(moderatorFile), Json)!;
        var staff = moderators.Select((moderator, i) => new User
        {
            Id = Ordinal(i + 1),
            Email = moderator.Email,
            Name = moderator.Name,
            PasswordHash = "",
            Role = Role.Moderator,
            Skills = moderator.Skills,
            CreatedAt = default,
        }).ToList();
        var ids = staff.Select((user, i) => (user.Id, moderators[i].Id)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        var vocabulary = SkillVocabulary.Build(staff);
        var index = SkillIndex.Build(staff);

        var folds = 0;
        if (Options.Find(args, "--folds") is { } number && (!int.TryParse(number, CultureInfo.InvariantCulture, out folds) || folds < 2 || folds > tickets.Count))
        {
            Console.Error.WriteLine("triage: --folds takes a number from 2 to that of the tickets.");
            return 2;
        }

        var verdicts = folds == 0
            ? [.. tickets.Select(ticket => Judge(ticket, CueTables.Matcher))]
            : CrossCheck.Run(tickets, folds, Judge);
        if (args.Contains("--verbose"))
        {
            foreach (var verdict in verdicts.Where(v => !v.IsPerfect)) Console.Error.WriteLine(verdict);
        }

        if (args.Contains("--confusion"))
        {
            Confusion.Write("type", verdicts.Select(v => (v.Ticket.Expect.Type, Label(v.Analysis.Type))));
            Confusion.Write("priority", verdicts.Select(v => (v.Ticket.Expect.Priority, Label(v.Analysis.Priority))));
        }

        Console.WriteLine(JsonSerializer.Serialize(Report(verdicts, Measure(tickets, vocabulary), folds), Json));
        return 0;

        Verdict Judge(LabelledTicket ticket, CueMatcher cues) => TriageBenchmark.Judge(ticket, vocabulary, cues, index, ids);
    }

    private static Verdict Judge(LabelledTicket ticket, SkillVocabulary vocabulary, CueMatcher cues, SkillIndex index, Dictionary<Guid, string> ids)
    {
        var (analysis, assignee) = Triage(ticket, ticket.Description, vocabulary, cues, index, ids);
        var twin = ticket.Injected is null ? default((TicketAnalysis Analysis, string? Assignee)?) : Triage(ticket, ticket.CleanDescription, vocabulary, cues, index, ids);
        return new Verdict(ticket, analysis, assignee, twin);
    }

    private static (TicketAnalysis Analysis, string? Assignee) Triage(
        LabelledTicket ticket, string description, SkillVocabulary vocabulary, CueMatcher cues, SkillIndex index, Dictionary<Guid, string> ids)
    {
        var analysis = OfflineAnalyzer.Analyze(ticket.Title, description, vocabulary, cues, LinearClassifier.Default);
        var tiers = AssignmentPlanner.ForModerators(analysis.RequiredSkills, index);
        return (analysis, tiers.Count == 0 ? null : ids[tiers[0].Candidates.Min(candidate => candidate.UserId)]);
    }

    private static Dictionary<string, object?> Report(List<Verdict> all, double microseconds, int folds)
    {
        var toAdmin = all.Where(v => v.Ticket.Expect.Assignees.Count == 0).ToList();
        var atAdmin = all.Where(v => v.Assignee is null).ToList();
        var injected = all.Where(v => v.Ticket.Tags?.Contains("injection") == true).ToList();
        return new Dictionary<string, object?>
        {
            ["tickets"] = all.Count,
            ["folds"] = folds == 0 ? null : folds,
            ["assigneeAccuracy"] = Share(all, v => v.AssigneeRight),
            ["adminRecall"] = Share(toAdmin, v => v.Assignee is null),
            ["adminPrecision"] = Share(atAdmin, v => v.Ticket.Expect.Assignees.Count == 0),
            ["typeAccuracy"] = Share(all, v => v.TypeRight),
            ["priorityAccuracy"] = Share(all, v => v.PriorityRight),
            ["priorityWithinOne"] = Share(all, v => v.PriorityWithinOne),
            ["injectionResisted"] = Share(injected, v => v.TypeRight && v.PriorityRight && v.AssigneeRight),
            ["twinsEqual"] = Share([.. all.Where(v => v.Twin is not null)], v => v.EqualsTwin),
            ["skillF1"] = SkillF1(all),
            ["microsecondsPerTicket"] = Math.Round(microseconds, 1),
            ["processors"] = Environment.ProcessorCount,
        };
    }

    private static double? Share(List<Verdict> verdicts, Func<Verdict, bool> right) =>
        verdicts.Count == 0 ? null : Math.Round((double)verdicts.Count(right) / verdicts.Count, 4);

    // Over all tickets together; those whose only skill is "general support" ask for nothing that could be found.
    private static double? SkillF1(List<Verdict> all)
    {
        var (found, right, expected) = (0, 0, 0);
        foreach (var verdict in all)
        {
            var wanted = verdict.Ticket.Expect.Skills.Select(SkillName.Canonical).ToHashSet();
            if (wanted.SetEquals([SkillName.Canonical(AssignmentPlanner.GeneralSupport)])) continue;
            var got = verdict.Analysis.RequiredSkills.Select(SkillName.Canonical).ToHashSet();
            found += got.Count;
            expected += wanted.Count;
            right += got.Count(wanted.Contains);
        }

        return found + expected == 0 ? null : Math.Round(2.0 * right / (found + expected), 4);
    }

    private static double Measure(List<LabelledTicket> tickets, SkillVocabulary vocabulary)
    {
        if (tickets.Count == 0) return 0;
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var ticket in tickets) OfflineAnalyzer.Analyze(ticket.Title, ticket.Description, vocabulary);
            rounds[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / tickets.Count;
        }

        // The first half warms the just-in-time compiler; the median is little moved by what else the machine does.
        return rounds[(Rounds / 2)..].Order().ElementAt(Rounds / 4);
    }

    private static string Label<T>(T value) => JsonSerializer.Serialize(value).Trim('"');

    private static Guid Ordinal(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private sealed record Verdict(LabelledTicket Ticket, TicketAnalysis Analysis, string? Assignee, (TicketAnalysis Analysis, string? Assignee)? Twin)
    {
        /// <summary>Whether what was injected changed nothing; true where nothing was.</summary>
        public bool EqualsTwin => Twin is not { } twin || (twin.Analysis.Type == Analysis.Type && twin.Analysis.Priority == Analysis.Priority && twin.Assignee == Assignee);

        public bool TypeRight => Ticket.Expect.Type.Contains(Label(Analysis.Type));

        public bool PriorityRight => Ticket.Expect.Priority.Contains(Label(Analysis.Priority));

        public bool PriorityWithinOne => Ticket.Expect.Priority.Any(label => Math.Abs((int)JsonSerializer.Deserialize<TicketPriority>($"\"{label}\"") - (int)Analysis.Priority) <= 1);

        public bool AssigneeRight => Assignee is null ? Ticket.Expect.Assignees.Count == 0 : Ticket.Expect.Assignees.Contains(Assignee);

        public bool IsPerfect => TypeRight && PriorityRight && AssigneeRight && EqualsTwin;

        public override string ToString() => string.Join(" ",
            Ticket.Id,
            TypeRight ? "-" : $"type={Label(Analysis.Type)}!{string.Join('|', Ticket.Expect.Type)}",
            PriorityRight ? "-" : $"priority={Label(Analysis.Priority)}!{string.Join('|', Ticket.Expect.Priority)}",
            AssigneeRight ? "-" : $"assignee={Assignee ?? "admin"}!{string.Join('|', Ticket.Expect.Assignees)}",
            EqualsTwin ? "-" : $"twin={Label(Twin!.Value.Analysis.Type)}/{Label(Twin.Value.Analysis.Priority)}/{Twin.Value.Assignee ?? "admin"}",
            $"skills=[{string.Join(", ", Analysis.RequiredSkills)}]![{string.Join(", ", Ticket.Expect.Skills)}]",
            Analysis.Language,
            Analysis.Reasoning);

    }
}
