namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>How long something took; half of all were at most <paramref name="P50Seconds"/>, and so on. Exact, nothing is sampled.</summary>
/// <param name="Count">Of how many tickets.</param>
/// <param name="P50Seconds">Null where there are none.</param>
/// <param name="P90Seconds">Null where there are none.</param>
/// <param name="P95Seconds">Null where there are none.</param>
public sealed record DurationStats(int Count, double? P50Seconds, double? P90Seconds, double? P95Seconds)
{
    internal static DurationStats Of(List<TimeSpan> durations)
    {
        durations.Sort();
        return new DurationStats(durations.Count, At(50), At(90), At(95));

        double? At(int percent) => durations.Count == 0
            ? null
            : Math.Round(durations[Math.Max(0, (int)Math.Ceiling(durations.Count * percent / 100.0) - 1)].TotalSeconds, 3);
    }
}
