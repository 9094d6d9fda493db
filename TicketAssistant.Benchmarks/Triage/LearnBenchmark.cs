using System.Globalization;
using System.Text.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Benchmarks.Triage;

/// <summary>
/// Learns the weights of <see cref="LinearClassifier"/> from files of labelled tickets, and measures them on each file with the weights that
/// the others give: what they are worth on tickets that they have not seen.
/// </summary>
internal static class LearnBenchmark
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // The open halves of the tests' sets may be looked at; the sealed ones are only measured.
    private static readonly (string Folder, string Pattern)[] s_sources =
    [
        (Path.Combine("TicketAssistant.Benchmarks", "Triage", "Training"), "*.jsonl"),
        (Path.Combine("TicketAssistant.Tests", "Triage", "Data"), "*-open.jsonl"),
    ];

    public static int Run(string[] args)
    {
        var files = s_sources.Where(source => Directory.Exists(source.Folder)).SelectMany(source => Directory.GetFiles(source.Folder, source.Pattern)).Order(StringComparer.Ordinal).ToList();
        if (files.Count < 2)
        {
            Console.Error.WriteLine($"learn: there are no labelled tickets in {s_sources[0].Folder}; it is to be run in the folder of the solution.");
            return 2;
        }

        var sets = files.ToDictionary(file => file, file => File.ReadLines(file).Where(line => line.Length > 0).Select(line => Read(file, line)).ToList());
        var (types, priorities, all) = (0, 0, 0);
        foreach (var (file, examples) in sets)
        {
            List<Example> others = [.. sets.Where(set => set.Key != file).SelectMany(set => set.Value)];
            var classifier = new LinearClassifier(Learner.Learn(others));
            var judged = examples.Select(example => (Example: example, Judgement: example.Judge(classifier))).ToList();
            var (type, priority) = (judged.Count(j => j.Example.Types[(int)j.Judgement.Type]), judged.Count(j => j.Example.Priorities[(int)j.Judgement.Priority]));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {examples.Count} tickets, type {(double)type / examples.Count:0.000}, priority {(double)priority / examples.Count:0.000}"));
            (types, priorities, all) = (types + type, priorities + priority, all + examples.Count);
        }

        var learned = Learner.Learn([.. sets.Values.SelectMany(set => set)]);
        if (Options.Find(args, "--write") is { } target) Write(target, learned);
        var seen = sets.Values.SelectMany(set => set).ToList();
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                tickets = all,
                unseenTypeAccuracy = Share(types, all),
                unseenPriorityAccuracy = Share(priorities, all),
                rulesTypeAccuracy = Share(seen.Count(e => e.RulesTypeRight), all),
                rulesPriorityAccuracy = Share(seen.Count(e => e.RulesPriorityRight), all),
                features = learned.Count,
            },
            Json));
        return 0;
    }

    private static double Share(int some, int all) => Math.Round((double)some / all, 4);

    private static Example Read(string file, string line)
    {
        var ticket = JsonSerializer.Deserialize<LabelledTicket>(line, Json)!;
        var reading = TicketReading.Of(ticket.Title, ticket.Description, CueTables.Matcher, SkillVocabulary.Empty.OwnNames);
        var skills = SkillScorer.Score(reading, SkillVocabulary.Empty);
        var kind = TypeScorer.Decide(reading, skills);
        var features = new List<(string, double)>();
        var priority = PriorityScorer.Decide(reading, kind.Type);
        TicketFeatures.Read(reading, kind, priority, skills, (name, value) => features.Add((name.ToString(), value)));
        var (types, priorities) = (Accepted<TicketType>(ticket.Expect.Type), Accepted<TicketPriority>(ticket.Expect.Priority));
        return new Example(file, features, types, priorities, types[(int)kind.Type], priorities[(int)priority.Priority], classifier => classifier.Judge(reading, kind, priority, skills));
    }

    private static bool[] Accepted<T>(IReadOnlyList<string> labels)
        where T : struct, Enum
    {
        var accepted = new bool[Enum.GetValues<T>().Length];
        foreach (var label in labels) accepted[(int)(object)JsonSerializer.Deserialize<T>($"\"{label}\"")] = true;
        return accepted;
    }

    private static void Write(string file, Dictionary<string, float[]> weights) => File.WriteAllLines(file,
    [
        "// Learned from labelled tickets by TicketAssistant.Benchmarks -- learn; not to be changed by hand. Feature, then the weights of the types",
        $"// ({string.Join(' ', Enum.GetNames<TicketType>())}) and of the priorities ({string.Join(' ', Enum.GetNames<TicketPriority>())}).",
        .. weights.OrderBy(entry => entry.Key, StringComparer.Ordinal).Where(entry => entry.Value.Max(Math.Abs) >= 0.05)
            .Select(entry => $"{entry.Key}\t{string.Join('\t', entry.Value.Select(w => w.ToString("0.##", CultureInfo.InvariantCulture)))}"),
    ]);
}
