namespace TicketAssistant.Benchmarks.Load;

/// <summary>Two tests of whether two samples come from the same distribution; for large samples, where the normal distribution will do.</summary>
internal static class Samples
{
    /// <summary>The value in the middle.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Welch's test of equal means, two-sided, without the slowest twentieth of each: a pause of the machine is none of ours.</summary>
    public static double WelchP(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        var (x, y) = (Trimmed(a), Trimmed(b));
        var error = Math.Sqrt(Variance(x) / x.Length + Variance(y) / y.Length);
        return error == 0 ? 1 : TwoSided((x.Average() - y.Average()) / error);
    }

    /// <summary>Mann and Whitney's test of equal ranks, two-sided; equal values share a rank.</summary>
    public static double RankP(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        var all = a.Select(value => (value, isA: true)).Concat(b.Select(value => (value, isA: false))).OrderBy(pair => pair.value).ToArray();
        var rankSum = 0.0;
        for (var i = 0; i < all.Length;)
        {
            var end = i;
            while (end < all.Length && all[end].value.Equals(all[i].value)) end++;
            rankSum += all[i..end].Count(pair => pair.isA) * (i + 1 + end) / 2.0;
            i = end;
        }

        double n = a.Count, m = b.Count;
        return TwoSided((rankSum - n * (n + 1) / 2 - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12));
    }

    private static double[] Trimmed(IReadOnlyCollection<double> values) => [.. values.Order().Take(Math.Max(2, values.Count * 19 / 20))];

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    // Abramowitz and Stegun 7.1.26: to seven digits.
    private static double TwoSided(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + 0.3275911 * x);
        return ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.Exp(-x * x);
    }
}
