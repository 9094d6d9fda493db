using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Runs the timer functions, each never twice at once: what falls due during a run is passed over. No record is kept over
/// a restart, so a run that was missed meanwhile is neither made up for nor reported as past due.
/// </summary>
internal sealed class TimerService(
    IReadOnlyList<LocalFunction> functions,
    FunctionPipeline pipeline,
    EngineService engine,
    IServiceProvider services,
    ILoggerFactory loggerFactory) : BackgroundService
{
    // A timer cannot be set further ahead than about 49 days.
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(1);

    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly ILogger _log = loggerFactory.CreateLogger("Timers");

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(functions
        .Where(f => f.Trigger is TimerFunctionTrigger)
        .Select(f => LoopAsync(f, (TimerFunctionTrigger)f.Trigger, stoppingToken)));

    private async Task LoopAsync(LocalFunction function, TimerFunctionTrigger timer, CancellationToken stopping)
    {
        try
        {
            await engine.Started.WaitAsync(stopping);
            if (timer.RunOnStartup) await RunAsync(function, stopping);
            while (timer.Schedule.Next(_time.GetUtcNow()) is { } due)
            {
                while (due - _time.GetUtcNow() is var left && left > TimeSpan.Zero)
                    await Task.Delay(left < s_longestDelay ? left : s_longestDelay, _time, stopping);
                await RunAsync(function, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RunAsync(LocalFunction function, CancellationToken stopping)
    {
        using var span = HostTelemetry.Timer(function.Name);
        try
        {
            await pipeline.RunAsync(function, new TimerInfo(), engine.Client, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", e.GetType().FullName);
            _log.LogError(e, "Timer function {Function} failed; it runs again when it is next due.", function.Name);
        }
    }
}
