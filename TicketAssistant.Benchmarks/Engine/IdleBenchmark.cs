using System.Diagnostics;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.Benchmarks.Engine;

/// <summary>
/// What many orchestrations cost that only wait for an event: memory, the time to wake one, and the time until all are taken
/// up at the next start. Prints one JSON object.
/// </summary>
internal static class IdleBenchmark
{
    private const int Starters = 256;
    private const int Wakes = 200;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--instances")) return 2;
        var instances = given[0] ?? 100_000;
        var folder = Directory.CreateTempSubdirectory("idle-benchmark-");
        try
        {
            var clock = Stopwatch.StartNew();
            var engine = Open(folder.FullName);
            engine.Start();
            var empty = Resident();
            var ids = new string[instances];
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Starters).Select(async _ =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < instances;)
                    ids[i] = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", i);
            }));
            foreach (var id in ids) await engine.Client.WaitForInstanceStartAsync(id);
            var startSeconds = clock.Elapsed.TotalSeconds;
            var waiting = Resident();
            var wakes = await WakeAsync(engine, ids.AsMemory(0, Wakes));
            await engine.DisposeAsync();
            engine = null;

            clock.Restart();
            engine = Open(folder.FullName);
            engine.Start();
            // The last is taken up when all are: they are in the order of their start.
            await engine.Client.RaiseEventAsync(ids[^1], "go", "now");
            await engine.Client.WaitForInstanceCompletionAsync(ids[^1]);
            var recoverySeconds = clock.Elapsed.TotalSeconds;
            var recovered = Resident();
            var wakesAfter = await WakeAsync(engine, ids.AsMemory(Wakes, Wakes));
            await engine.DisposeAsync();

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "engine-idle",
                cores = Environment.ProcessorCount,
                instances,
                emptyResidentMegabytes = empty,
                waitingResidentMegabytes = waiting,
                recoveredResidentMegabytes = recovered,
                startedPerSecond = Math.Round(instances / startSeconds),
                wakeP50Milliseconds = Math.Round(wakes[Wakes / 2], 1),
                wakeP99Milliseconds = Math.Round(wakes[Wakes * 99 / 100], 1),
                recoverySeconds = Math.Round(recoverySeconds, 2),
                wakeAfterRecoveryP50Milliseconds = Math.Round(wakesAfter[Wakes / 2], 1),
            }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DurableEngine Open(string folder) => new(
        new DurableOptions { DataDirectory = folder },
        new DurableFunctions(
            new Dictionary<string, OrchestratorHandler> { ["Wait"] = async context => await context.WaitForExternalEvent<string>("go") },
            new Dictionary<string, ActivityHandler>()),
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static async Task<double[]> WakeAsync(DurableEngine engine, ReadOnlyMemory<string> ids)
    {
        var milliseconds = new double[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await engine.Client.RaiseEventAsync(ids.Span[i], "go", "now");
            await engine.Client.WaitForInstanceCompletionAsync(ids.Span[i]);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }

    /// <summary>Resident megabytes after a full collection.</summary>
    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1_000_000;
    }
}
