using System.Diagnostics;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Waits until nothing is left to do.</summary>
internal static class Quiet
{
    private const int CalmReads = 3;
    private const int IdsShown = 20;

    /// <summary>The seconds that it took; null, and what is stuck among <paramref name="broken"/>, where it took too long.</summary>
    public static async Task<double?> WaitAsync(ChaosWorld world, TimeSpan limit, List<Violation> broken)
    {
        var clock = Stopwatch.StartNew();
        for (var calm = 0; clock.Elapsed < limit; await Task.Delay(1000))
        {
            // In this order: what is under way in the engine may still make the store owe something.
            calm = world.Durable.Busy().Count == 0 && world.Store.Read().AreNone ? calm + 1 : 0;
            if (calm < CalmReads) continue;
            AddFailed(world, broken);
            return Math.Round(clock.Elapsed.TotalSeconds, 1);
        }

        AddFailed(world, broken);
        broken.AddRange(world.Durable.Busy().Take(IdsShown).Select(id => new Violation("no orchestration is stuck", id)));
        if (world.Store.Read() is { AreNone: false } debts) broken.Add(new("nothing is left to do", debts.ToString()));
        return null;
    }

    private static void AddFailed(ChaosWorld world, List<Violation> broken) =>
        broken.AddRange(world.Durable.Failed().Select(failed => new Violation("no orchestration failed", failed)));
}
