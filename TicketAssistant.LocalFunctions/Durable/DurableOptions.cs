using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>How an engine runs.</summary>
internal sealed record DurableOptions
{
    /// <summary>The folder that holds <c>durable.db</c> and its lock.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How many activities run at once (host.json: maxConcurrentActivityFunctions).</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many orchestrators run their code at once (host.json: maxConcurrentOrchestratorFunctions).</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many idle orchestrations keep their history in memory; the others read it again when they wake.</summary>
    public int MaxCachedHistories { get; init; } = 5_000;

    /// <summary>
    /// Whether an orchestration whose history is in memory keeps its code there, too, and goes on where it waits instead of
    /// replaying (host.json: extendedSessionsEnabled).
    /// </summary>
    public bool ExtendedSessions { get; init; }

    /// <summary>
    /// How many instances of each orchestrator are replayed at every turn all the same, from the start of the process: code
    /// that cannot be replayed is to fail at once, not at the first restart.
    /// </summary>
    public int AlwaysReplayed { get; init; } = 100;

    /// <summary>How long a stop waits for running activities; what is not done by then runs again at the next start.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a turn whose commit failed waits before it is tried again.</summary>
    public TimeSpan CommitRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Turns payloads to JSON and back.</summary>
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;
}
