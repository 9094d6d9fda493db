using System.Collections.Concurrent;
using HdrHistogram;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>Latencies and failures by route. Safe to record from many tasks at once.</summary>
/// <param name="whole">Records the same, over a longer time.</param>
internal sealed class Latencies(Latencies? whole = null)
{
    // 1 microsecond to 10 minutes, to two digits.
    private readonly ConcurrentDictionary<string, Route> _routes = new();

    /// <summary>One answer: the route's name, how long it took, and its status (0 for none).</summary>
    public void Record(string route, TimeSpan took, int status, bool isExpected)
    {
        whole?.Record(route, took, status, isExpected);
        var of = _routes.GetOrAdd(route, _ => new Route());
        lock (of)
        {
            of.Histogram.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, 600_000_000));
            if (!isExpected) of.Failures[status] = of.Failures.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>How many answers of all routes.</summary>
    public long Count => _routes.Values.Sum(r => r.Histogram.TotalCount);

    /// <summary>How many unexpected answers of all routes.</summary>
    public long Failures => _routes.Values.Sum(r => r.Failures.Values.Sum());

    /// <summary>How many answers of one route.</summary>
    public long CountOf(string route) => _routes.TryGetValue(route, out var found) ? found.Histogram.TotalCount : 0;

    /// <summary>The median over the routes' medians in milliseconds.</summary>
    public double Median => _routes.IsEmpty ? 0 : _routes.Values.Select(r => Milliseconds(r, 50)).Order().ElementAt(_routes.Count / 2);

    /// <summary>The worst route's percentile in milliseconds.</summary>
    public double Worst(double percentile) => _routes.IsEmpty ? 0 : _routes.Values.Max(r => Milliseconds(r, percentile));

    /// <summary>By route: count, requests a second, p50, p90, p99, max (ms) and failures by status.</summary>
    public object Report(double seconds) => _routes.OrderBy(r => r.Key).ToDictionary(r => r.Key, r => new
    {
        count = r.Value.Histogram.TotalCount,
        perSecond = Math.Round(r.Value.Histogram.TotalCount / seconds, 1),
        p50 = Milliseconds(r.Value, 50),
        p90 = Milliseconds(r.Value, 90),
        p99 = Milliseconds(r.Value, 99),
        max = Milliseconds(r.Value, 100),
        failures = r.Value.Failures.ToDictionary(f => f.Key == 0 ? "no answer" : f.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), f => f.Value),
    });

    private static double Milliseconds(Route route, double percentile) =>
        Math.Round(route.Histogram.GetValueAtPercentile(percentile) / 1000.0, 2);

    private sealed class Route
    {
        public LongHistogram Histogram { get; } = new(600_000_000, 2);

        public Dictionary<int, int> Failures { get; } = [];
    }
}
