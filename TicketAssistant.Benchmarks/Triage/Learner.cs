using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Benchmarks.Triage;

/// <summary>A ticket as the learner sees it.</summary>
/// <param name="File">Whose it is.</param>
/// <param name="Features">What <see cref="TicketFeatures"/> reads of it.</param>
/// <param name="Types">For each type whether it is acceptable.</param>
/// <param name="Priorities">For each priority whether it is acceptable.</param>
/// <param name="RulesTypeRight">Whether the rules alone find an acceptable type.</param>
/// <param name="RulesPriorityRight">Whether the rules alone find an acceptable priority.</param>
/// <param name="Judge">What the app makes of it with these weights.</param>
internal sealed record Example(
    string File,
    IReadOnlyList<(string Name, double Value)> Features,
    bool[] Types,
    bool[] Priorities,
    bool RulesTypeRight,
    bool RulesPriorityRight,
    Func<LinearClassifier, Judgement> Judge);

/// <summary>
/// Multinomial logistic regression with an L2 penalty, by Adam over all examples at once: the same examples give the same weights. Of
/// several acceptable labels the likelihood of any of them counts.
/// </summary>
internal static class Learner
{
    private const int Steps = 250;
    private const double Rate = 0.05;
    private const double Penalty = 0.0004;
    private const int FewestTickets = 3;

    /// <summary>A row of weights for each feature that three tickets have, not all of one file: a company's own names say nothing of others.</summary>
    public static Dictionary<string, float[]> Learn(IReadOnlyList<Example> examples)
    {
        var names = examples.SelectMany(example => example.Features.Select(feature => (feature.Name, example.File))).GroupBy(entry => entry.Name, entry => entry.File)
            .Where(files => files.Count() >= FewestTickets && files.Distinct().Count() > 1).Select(files => files.Key).Prepend(LinearClassifier.Bias).Order(StringComparer.Ordinal).ToList();
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(entry => entry.name, entry => entry.number, StringComparer.Ordinal);
        var rows = examples.Select(example => example.Features.Where(feature => numbers.ContainsKey(feature.Name))
            .Select(feature => (Number: numbers[feature.Name], feature.Value)).Append((numbers[LinearClassifier.Bias], 1)).ToArray()).ToArray();

        var size = names.Count * LinearClassifier.Width;
        var (weights, gradient, first, second) = (new double[size], new double[size], new double[size], new double[size]);
        var scores = new double[LinearClassifier.Width];
        for (var step = 1; step <= Steps; step++)
        {
            Array.Clear(gradient);
            for (var e = 0; e < rows.Length; e++)
            {
                Array.Clear(scores);
                foreach (var (number, value) in rows[e])
                {
                    for (var i = 0; i < scores.Length; i++) scores[i] += weights[number * scores.Length + i] * value;
                }

                Difference(scores.AsSpan(..LinearClassifier.Types), examples[e].Types);
                Difference(scores.AsSpan(LinearClassifier.Types..), examples[e].Priorities);
                foreach (var (number, value) in rows[e])
                {
                    for (var i = 0; i < scores.Length; i++) gradient[number * scores.Length + i] += scores[i] * value;
                }
            }

            var (correction1, correction2) = (1 - Math.Pow(0.9, step), 1 - Math.Pow(0.999, step));
            for (var i = 0; i < size; i++)
            {
                var g = gradient[i] / rows.Length + Penalty * weights[i];
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                weights[i] -= Rate * (first[i] / correction1) / (Math.Sqrt(second[i] / correction2) + 1e-8);
            }
        }

        return names.Select((name, number) => (name, Row: weights.Skip(number * LinearClassifier.Width).Take(LinearClassifier.Width).Select(w => (float)Math.Round(w, 2)).ToArray()))
            .ToDictionary(entry => entry.name, entry => entry.Row, StringComparer.Ordinal);
    }

    // Scores become the derivative of the loss: what the model believes less what it should.
    private static void Difference(Span<double> scores, bool[] acceptable)
    {
        var highest = double.NegativeInfinity;
        foreach (var score in scores) highest = Math.Max(highest, score);
        var (sum, right) = (0.0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Exp(scores[i] - highest);
            sum += scores[i];
            if (acceptable[i]) right += scores[i];
        }

        for (var i = 0; i < scores.Length; i++) scores[i] = scores[i] / sum - (acceptable[i] ? scores[i] / right : 0);
    }
}
