using System.Collections.Frozen;
using System.Globalization;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Decides type and priority by weights that were learned from labelled tickets (multinomial logistic regression over
/// <see cref="TicketFeatures"/>). The table is written by <c>TicketAssistant.Benchmarks -- learn</c>. Immutable and thread-safe.
/// </summary>
/// <param name="weights">For each feature the weight for each type and then for each priority.</param>
internal sealed class LinearClassifier(IReadOnlyDictionary<string, float[]> weights)
{
    /// <summary>How many types there are; a row's first weights are theirs.</summary>
    public static readonly int Types = Enum.GetValues<TicketType>().Length;

    /// <summary>How many weights a row has.</summary>
    public static readonly int Width = Types + Enum.GetValues<TicketPriority>().Length;

    /// <summary>The name of the row that always counts.</summary>
    public const string Bias = "bias:";

    private const string File = "learned.txt";
    private const double Telling = 0.5;
    private const int NamedWords = 3;

    private readonly FrozenDictionary<string, float[]>.AlternateLookup<ReadOnlySpan<char>> _weights =
        weights.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What comes with the app.</summary>
    public static LinearClassifier Default { get; } = new(EmbeddedTable.Lines(File).Select(Row).ToDictionary(StringComparer.Ordinal));

    /// <summary>The likeliest type and priority.</summary>
    public Judgement Judge(TicketReading reading, TypeVerdict kind, PriorityVerdict priority, IReadOnlyList<SkillScore> skills)
    {
        var scores = new double[Width];
        var words = new List<(string Word, float[] Weights)>();
        Add(Bias, 1);
        TicketFeatures.Read(reading, kind, priority, skills, Add);
        var type = Best(scores.AsSpan(..Types));
        var level = Types + Best(scores.AsSpan(Types..));
        return new Judgement(
            (TicketType)type, Lead(scores.AsSpan(..Types), type), Strongest(words, type, ..Types),
            (TicketPriority)(level - Types), Strongest(words, level, Types..));

        void Add(ReadOnlySpan<char> name, double value)
        {
            if (!_weights.TryGetValue(name, out var row)) return;
            for (var i = 0; i < row.Length; i++) scores[i] += row[i] * value;
            if (!name.Contains(':')) words.Add((name.ToString(), row));
        }
    }

    private static int Best(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) best = i;
        }

        return best;
    }

    // By how much likelier it is than the next, as a share of one.
    private static double Lead(ReadOnlySpan<double> scores, int best)
    {
        var (sum, next) = (0.0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            var share = Math.Exp(scores[i] - scores[best]);
            sum += share;
            if (i != best) next = Math.Max(next, share);
        }

        return (1 - next) / sum;
    }

    // The words that spoke most for it, against what they say for the others.
    private static List<string> Strongest(List<(string Word, float[] Weights)> words, int chosen, Range among) => [.. words
        .Select(entry => (entry.Word, Margin: entry.Weights[chosen] - entry.Weights[among].Average()))
        .Where(entry => entry.Margin >= Telling)
        .OrderByDescending(entry => entry.Margin).ThenBy(entry => entry.Word, StringComparer.Ordinal)
        .Take(NamedWords).Select(entry => entry.Word)];

    /// <summary>One line of the table: the feature and its weights, with tabs between.</summary>
    /// <exception cref="InvalidOperationException">It is not that.</exception>
    internal static KeyValuePair<string, float[]> Row(string line)
    {
        var parts = line.Split('\t');
        return parts.Length == Width + 1
            ? new(parts[0], [.. parts.Skip(1).Select(part => float.Parse(part, CultureInfo.InvariantCulture))])
            : throw new InvalidOperationException($"Table '{File}': '{line}' is not a feature and {Width} weights.");
    }
}
