extern alias runtime;

using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using runtime::TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.Tests.Durable.Programs;

/// <summary>An engine that runs generated orchestrations, on a folder that the caller keeps.</summary>
internal sealed class ProgramRig : IAsyncDisposable
{
    private readonly DurableEngine _engine;

    /// <param name="folder">The data directory.</param>
    /// <param name="attempts">How often each flaky activity was tried; the world outside remembers that whatever happens to the engine.</param>
    /// <param name="keepsCode">Whether orchestrators keep their code between turns, as far as there is room.</param>
    public ProgramRig(string folder, ConcurrentDictionary<string, int> attempts, bool keepsCode)
    {
        var activities = new Dictionary<string, ActivityHandler>
        {
            ["Work"] = (_, input, _) => Task.FromResult<object?>($"did {Read<int>(input)}"),
            ["Fail"] = (_, input, _) => throw new InvalidOperationException($"failed {Read<int>(input)}"),
            ["Flaky"] = (context, input, _) =>
            {
                var number = Read<int>(input);
                var attempt = attempts.AddOrUpdate($"{context.InstanceId} {number}", 1, (_, n) => n + 1);
                return attempt <= number % 4 ? throw new TimeoutException("later") : Task.FromResult<object?>($"did {number} at last");
            },
            ["Raise"] = async (context, input, _) =>
            {
                await _engine!.Client.RaiseEventAsync(context.InstanceId, Read<string>(input)!, "told", CancellationToken.None);
                return null;
            },
        };
        var orchestrators = new Dictionary<string, OrchestratorHandler> { ["Program"] = async context => await RunAsync(context) };
        var options = new DurableOptions
        {
            DataDirectory = folder,
            MaxCachedHistories = 2,
            ExtendedSessions = keepsCode,
            AlwaysReplayed = 0,
            StopTimeout = TimeSpan.Zero,
        };
        _engine = new DurableEngine(options, new DurableFunctions(orchestrators, activities), TimeProvider.System, NullLoggerFactory.Instance);
        _engine.Start();
    }

    public Task BeginAsync(string id, IReadOnlyList<ProgramStep> program) =>
        _engine.Client.ScheduleNewOrchestrationInstanceAsync("Program", new ProgramState(program, []), new StartOrchestrationOptions(id));

    /// <summary>The output, or the failure.</summary>
    public async Task<string> EndOf(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var end = await _engine.Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
        return end.SerializedOutput ?? $"{end.RuntimeStatus}: {end.FailureDetails}";
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static async Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        var state = context.GetInput<ProgramState>()!;
        var results = state.Results.ToList();
        for (var i = 0; i < state.Left.Count; i++)
        {
            if (state.Left[i].Kind == StepKind.ContinueAsNew)
            {
                context.ContinueAsNew(new ProgramState([.. state.Left.Skip(i + 1)], [.. results, "began anew"]));
                return null;
            }

            results.Add(await StepAsync(context, state.Left[i], $"{results.Count}"));
        }

        return results;
    }

    private static async Task<string> StepAsync(TaskOrchestrationContext context, ProgramStep step, string place)
    {
        switch (step.Kind)
        {
            case StepKind.Activity:
                return await context.CallActivityAsync<string>("Work", step.Number);
            case StepKind.Flaky:
                return await context.CallActivityAsync<string>("Flaky", step.Number, new TaskOptions(new RetryPolicy(100, TimeSpan.FromMilliseconds(1))));
            case StepKind.Failing:
                try
                {
                    return await context.CallActivityAsync<string>("Fail", step.Number, new TaskOptions(new RetryPolicy(2, TimeSpan.FromMilliseconds(1))));
                }
                catch (TaskFailedException e)
                {
                    return $"caught {e.FailureDetails.ErrorMessage}";
                }

            case StepKind.Timer:
                var before = context.CurrentUtcDateTime;
                await context.CreateTimer(TimeSpan.FromMilliseconds(step.Number), CancellationToken.None);
                return $"waited {(context.CurrentUtcDateTime - before).TotalMilliseconds >= step.Number}";
            case StepKind.Event:
                // Raised once or, after a restart, twice: what is too many is left unread.
                var told = context.WaitForExternalEvent<string>(place);
                await context.CallActivityAsync("Raise", place);
                return await told;
            case StepKind.FanOut:
                return string.Join('|', await Task.WhenAll(step.Inner.Select((inner, i) => inner.Kind == StepKind.ContinueAsNew
                    ? Task.FromResult("no generation")
                    : StepAsync(context, inner, string.Create(CultureInfo.InvariantCulture, $"{place}.{i}")))));
            case StepKind.Child:
                return string.Join('+', await context.CallSubOrchestratorAsync<List<string>>("Program", new ProgramState(step.Inner, [])));
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Kind, null);
        }
    }

    private static T? Read<T>(string? json) => JsonDataConverter.Default.Deserialize<T>(json);
}
