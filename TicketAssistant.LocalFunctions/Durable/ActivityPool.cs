using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Runs activities, a bounded number at once, and delivers what came of each to the orchestration that asked.</summary>
internal sealed class ActivityPool(
    DurableOptions options,
    IReadOnlyDictionary<string, ActivityHandler> handlers,
    EngineTelemetry telemetry,
    ILogger log,
    Action<Instance, Message> deliver) : IAsyncDisposable
{
    /// <summary>How long activities that a stop has cut short may take to notice.</summary>
    public static readonly TimeSpan CutShortGrace = TimeSpan.FromSeconds(1);

    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly CancellationTokenSource _cutShort = new();
    private readonly List<Task> _loops = [];
    private volatile bool _stopping;

    /// <summary>How many wait to be run.</summary>
    public int Waiting => _calls.Reader.Count;

    /// <summary>Begins to work.</summary>
    public void Start()
    {
        for (var i = 0; i < options.MaxConcurrentActivities; i++) _loops.Add(Task.Run(LoopAsync));
    }

    /// <summary>Has an activity run that belongs to the instance's present generation.</summary>
    /// <param name="instance">Whose it is.</param>
    /// <param name="call">What to call.</param>
    /// <param name="trace">The turn that decided it, as <see cref="TraceText"/>, or null.</param>
    public void Add(Instance instance, TaskScheduled call, string? trace) =>
        _calls.Writer.TryWrite(new Call(instance, instance.Generation, call, trace ?? instance.Trace));

    /// <summary>No activity begins any more; those that run may end within <see cref="DurableOptions.StopTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _calls.Writer.TryComplete();
        if (!await EndsWithin(options.StopTimeout))
        {
            log.LogWarning("Activities were still running {Seconds:0.#} s after the stop began; they will run again at the next start.", options.StopTimeout.TotalSeconds);
            await _cutShort.CancelAsync();
            await EndsWithin(CutShortGrace);
        }

        _cutShort.Dispose();
    }

    private async Task<bool> EndsWithin(TimeSpan limit)
    {
        try
        {
            await Task.WhenAll(_loops).WaitAsync(limit);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task LoopAsync()
    {
        // Whoever started the engine is nobody's parent.
        Activity.Current = null;
        await foreach (var (instance, generation, call, trace) in _calls.Reader.ReadAllAsync())
        {
            if (_stopping) continue;
            if (await RunAsync(instance, call, trace) is { } result) deliver(instance, new Message(result, null, generation));
        }
    }

    private async Task<HistoryEvent?> RunAsync(Instance instance, TaskScheduled call, string? trace)
    {
        using var run = telemetry.Activity(instance, call.Name, trace);
        try
        {
            if (!handlers.TryGetValue(call.Name, out var handler))
                throw new ArgumentException($"There is no activity function '{call.Name}' in this app.");
            var output = await handler(new ActivityContext(call.Name, instance.Id, trace), call.Input, _cutShort.Token);
            var result = new TaskCompleted(call.Id, options.Converter.Serialize(output));
            run.Succeeded();
            return result;
        }
        catch (Exception) when (_cutShort.IsCancellationRequested)
        {
            // Cut short by the stop: not a failure. It runs again at the next start.
            run.CutShort();
            return null;
        }
        catch (Exception e)
        {
            log.LogWarning("Activity {Activity} of '{InstanceId}' failed: {Type}: {Message}", call.Name, instance.Id, e.GetType().Name, e.Message);
            run.Failed(e);
            return new TaskFailed(call.Id, Failure.From(e));
        }
    }

    private readonly record struct Call(Instance Instance, int Generation, TaskScheduled Activity, string? Trace);
}
