using System.Diagnostics;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.Benchmarks.Engine;

/// <summary>
/// The durable engine alone: orchestrations of sequential activities with 200-byte payloads, history kept, every commit on
/// disk. Prints one JSON object.
/// </summary>
internal static class EngineBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--instances", "--activities", "--parallel", "--replay")) return 2;
        var (instances, activities, parallel) = (given[0] ?? 20_000, given[1] ?? 5, given[2] ?? 256);
        var extendedSessions = given[3] is null;
        var folder = Directory.CreateTempSubdirectory("engine-benchmark-");
        try
        {
            var payload = new string('x', 200);
            var functions = new DurableFunctions(
                new Dictionary<string, OrchestratorHandler>
                {
                    ["Chain"] = async context =>
                    {
                        var value = context.GetInput<string>();
                        for (var i = 0; i < activities; i++) value = await context.CallActivityAsync<string>("Echo", value);
                        return value;
                    },
                },
                new Dictionary<string, ActivityHandler> { ["Echo"] = (_, _, _) => Task.FromResult<object?>(payload) });
            await using var engine = new DurableEngine(
                new DurableOptions { DataDirectory = folder.FullName, ExtendedSessions = extendedSessions }, functions, TimeProvider.System, NullLoggerFactory.Instance);
            engine.Start();
            await Batch(engine, payload, Math.Min(instances, 500), parallel);

            var before = engine.Store.Counters;
            var (allocated, collections, pause) = (GC.GetTotalAllocatedBytes(true), GC.CollectionCount(2), GC.GetTotalPauseDuration());
            using var process = Process.GetCurrentProcess();
            var processor = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var latencies = await Batch(engine, payload, instances, parallel);
            var seconds = clock.Elapsed.TotalSeconds;
            var after = engine.Store.Counters;
            var perInstance = (GC.GetTotalAllocatedBytes(true) - allocated) / instances;
            process.Refresh();
            Array.Sort(latencies);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "engine",
                cores = Environment.ProcessorCount,
                instances,
                activities,
                parallel,
                extendedSessions,
                orchestrationsPerSecond = Math.Round(instances / seconds),
                activitiesPerSecond = Math.Round(instances * activities / seconds),
                p50Milliseconds = Math.Round(latencies[latencies.Length / 2], 1),
                p99Milliseconds = Math.Round(latencies[(int)(latencies.Length * 0.99)], 1),
                commits = after.Commits - before.Commits,
                writesPerCommit = Math.Round((after.Writes - before.Writes) / (double)(after.Commits - before.Commits), 1),
                commitsPerSecond = Math.Round((after.Commits - before.Commits) / seconds),
                processorMillisecondsPerInstance = Math.Round((process.TotalProcessorTime - processor).TotalMilliseconds / instances, 3),
                processorSecondsPerSecond = Math.Round((process.TotalProcessorTime - processor).TotalSeconds / seconds, 2),
                allocatedBytesPerInstance = perInstance,
                fullCollections = GC.CollectionCount(2) - collections,
                collectorPauseMilliseconds = Math.Round((GC.GetTotalPauseDuration() - pause).TotalMilliseconds),
                bytesOnDiskPerInstance = folder.EnumerateFiles().Sum(file => file.Length) / (instances + Math.Min(instances, 500)),
                residentMegabytes = process.WorkingSet64 / 1_000_000,
                peakResidentMegabytes = process.PeakWorkingSet64 / 1_000_000,
            }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double[]> Batch(DurableEngine engine, string payload, int count, int parallel)
    {
        var latencies = new double[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var started = Stopwatch.GetTimestamp();
                var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Chain", payload);
                await engine.Client.WaitForInstanceCompletionAsync(id);
                latencies[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }));
        return latencies;
    }
}
