using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Keeps the host's engine: takes the data directory before any service of the app starts, works from when all have started,
/// Kestrel with them, until Kestrel has answered its last request. Not earlier: were the port in use, activities would fail
/// in a process that is about to end.
/// </summary>
internal sealed class EngineService(
    IReadOnlyList<LocalFunction> functions,
    FunctionPipeline pipeline,
    HostFile hostFile,
    IConfiguration configuration,
    IServiceProvider services,
    ILoggerFactory loggerFactory) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DurableEngine? _engine;

    /// <summary>Completes when the engine works. Requests and timers that are earlier wait for it.</summary>
    public Task Started => _started.Task;

    /// <summary>The engine's client.</summary>
    public DurableTaskClient Client => Engine.Client;

    /// <summary>The engine's store, for what the client has no question for.</summary>
    public DurableStore Store => Engine.Store;

    /// <summary>What the engine takes for now (UTC).</summary>
    public DateTime Now => Engine.Now;

    private DurableEngine Engine => _engine ?? throw new InvalidOperationException("The host has not started, or has stopped.");

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var folder = LocalDefaults.DataDirectory(configuration);
        try
        {
            SecretFile.CreateFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"The data directory '{folder}' cannot be made: {e.Message} Set Local__DataDirectory to another folder.", e);
        }

        var options = new DurableOptions { DataDirectory = folder, ExtendedSessions = hostFile.ExtendedSessions };
        options = options with
        {
            MaxConcurrentActivities = hostFile.MaxConcurrentActivities ?? options.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = hostFile.MaxConcurrentOrchestrators ?? options.MaxConcurrentOrchestrators,
        };
        // The real worker has no TimeProvider among its services either; the app may add one.
        _engine = new DurableEngine(options, Functions(), services.GetService<TimeProvider>() ?? TimeProvider.System, loggerFactory);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _engine!.Start();
        _started.SetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _engine, null) is { } engine) await engine.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets go of the data directory where the start failed half-way, so that nothing was stopped.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private DurableFunctions Functions()
    {
        var orchestrators = new Dictionary<string, OrchestratorHandler>(StringComparer.OrdinalIgnoreCase);
        var activities = new Dictionary<string, ActivityHandler>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (function.Trigger is OrchestratorFunctionTrigger)
                orchestrators.Add(function.Name, turn => pipeline.RunTurnAsync(function, turn));
            else if (function.Trigger is ActivityFunctionTrigger)
                activities.Add(function.Name, (call, input, stopping) => pipeline.RunAsync(function, input, Client, stopping, ((ActivityContext)call).Trace));
        }

        return new DurableFunctions(orchestrators, activities);
    }
}
