using System.Diagnostics;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>Sends at a fixed rate, whether or not the answers come: what is late is counted from when it was due.</summary>
internal static class FixedRate
{
    /// <summary>How many requests may be without an answer; beyond it the rate can't be held, and sending waits.</summary>
    private const int MostAtOnce = 2_000;

    public static async Task RunAsync(double perSecond, TimeSpan time, Func<long, Task> send)
    {
        using var room = new SemaphoreSlim(MostAtOnce);
        var begin = Stopwatch.GetTimestamp();
        var total = (long)(perSecond * time.TotalSeconds);
        var open = new List<Task>();
        for (long i = 0; i < total; i++)
        {
            var due = begin + (long)(i / perSecond * Stopwatch.Frequency);
            // Sleeps in whole milliseconds; what is due together is sent together.
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { TotalMilliseconds: > 1 } wait) await Task.Delay(wait);
            await room.WaitAsync();
            open.Add(SendAsync(due));
            if (open.Count > 10_000) open.RemoveAll(t => t.IsCompletedSuccessfully);
        }

        await Task.WhenAll(open);

        async Task SendAsync(long due)
        {
            try
            {
                await send(due);
            }
            finally
            {
                room.Release();
            }
        }
    }
}
