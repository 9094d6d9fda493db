extern alias runtime;

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using runtime::TicketAssistant.LocalFunctions.Durable;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>An engine on a folder of its own, with functions written as lambdas; can be stopped and started again.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, OrchestratorHandler> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityHandler> _activities = new(StringComparer.OrdinalIgnoreCase);
    private DurableEngine? _engine;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int MaxCachedHistories { get; init; } = 1000;

    /// <summary>Whether orchestrators keep their code between turns; otherwise every turn is replayed.</summary>
    public bool KeepsCode { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public string DatabasePath => _folder.File("durable.db");

    public string DataDirectory => _folder.Path;

    public DurableEngine Engine => _engine ?? throw new InvalidOperationException("Not started.");

    public DurableTaskClient Client => Engine.Client;

    public EngineHarness Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        _orchestrators[name] = c => code(c);
        return this;
    }

    public EngineHarness Activity<TInput>(string name, Func<TInput?, Task<object?>> code)
    {
        _activities[name] = (_, input, _) => code(input is null ? default : JsonDataConverter.Default.Deserialize<TInput>(input));
        return this;
    }

    public EngineHarness Activity<TInput>(string name, Func<TInput?, object?> code) =>
        Activity<TInput>(name, input => Task.FromResult(code(input)));

    public EngineHarness Start()
    {
        var options = new DurableOptions
        {
            DataDirectory = _folder.Path,
            MaxCachedHistories = MaxCachedHistories,
            ExtendedSessions = KeepsCode,
            AlwaysReplayed = 0,
            CommitRetryDelay = TimeSpan.FromMilliseconds(20),
            StopTimeout = StopTimeout,
        };
        _engine = new DurableEngine(options, new DurableFunctions(_orchestrators, _activities), Time, Loggers);
        _engine.Start();
        return this;
    }

    public async Task StopAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _engine = null;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        Start();
    }

    /// <summary>Starts an orchestration and waits, at most 20 s, for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return await EndOf(id);
    }

    public async Task<OrchestrationMetadata> EndOf(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
    }

    /// <summary>Starts an orchestration and waits until its first turn is stored.</summary>
    public async Task<string> BeginAsync(string name, object? input = null, string? id = null)
    {
        id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        await Client.WaitForInstanceStartAsync(id);
        return id;
    }

    /// <summary>Waits, at most 10 s, until so many turns of an unfinished orchestration are stored.</summary>
    public Task UntilTurns(string id, int count) =>
        Until(() => Engine.Store.Find(id) is { } row && Engine.Store.Load(row.Key).Turns.Count >= count);

    public Task UntilStatus(string id, OrchestrationRuntimeStatus status) => Until(() => Engine.Store.Find(id)?.Status == status);

    public static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(10);
        Assert.True(condition());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}
