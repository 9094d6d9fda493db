using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Removes orchestrations some time after they ended: at the start and every hour.</summary>
internal sealed class PurgeService(EngineService engine, IConfiguration configuration, IServiceProvider services, ILoggerFactory loggerFactory)
    : BackgroundService
{
    /// <summary>The setting: days between an orchestration's end and its removal; 0 keeps everything.</summary>
    public const string AfterDaysKey = "Durable:PurgeAfterDays";

    private const int DefaultDays = 30;
    private const int MaxDays = 36_500;

    // A batch is one write: turns that want to be stored wait no longer than for one.
    private const int Batch = 500;

    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly TimeSpan _age = TimeSpan.FromDays(Days(configuration[AfterDaysKey]));
    private readonly ILogger _log = loggerFactory.CreateLogger("Purge");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_age == TimeSpan.Zero) return;
        try
        {
            await engine.Started.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(s_interval, _time);
            do
            {
                await PurgeAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private static int Days(string? setting)
    {
        if (setting is null) return DefaultDays;
        return int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MaxDays
            ? days
            : throw new HostStartException(
                $"Durable__PurgeAfterDays is '{setting}'; give a whole number of days from 0 (keep everything) to {MaxDays}, or leave it unset for {DefaultDays}.");
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        try
        {
            var before = _time.GetUtcNow().UtcDateTime - _age;
            var purged = 0;
            for (var some = Batch; some == Batch && !stopping.IsCancellationRequested; purged += some)
                some = await engine.Store.PurgeFinishedAsync(before, Batch);
            if (purged > 0) _log.LogInformation("Removed {Count} orchestrations that ended more than {Days} days ago.", purged, _age.TotalDays);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            _log.LogError(e, "Old orchestrations could not be removed; trying again in an hour.");
        }
    }
}
