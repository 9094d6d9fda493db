using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Runs an orchestrator's code against a context; called once a turn.</summary>
internal delegate Task<object?> OrchestratorHandler(TaskOrchestrationContext context);

/// <summary>Runs an activity; the input is JSON, or null when there is none.</summary>
internal delegate Task<object?> ActivityHandler(TaskActivityContext context, string? input, CancellationToken cancellationToken);

/// <summary>What the engine can run, by function name (case-insensitive, as function names are).</summary>
internal sealed record DurableFunctions(
    IReadOnlyDictionary<string, OrchestratorHandler> Orchestrators,
    IReadOnlyDictionary<string, ActivityHandler> Activities);
