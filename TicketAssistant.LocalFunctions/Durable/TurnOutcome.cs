using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>What a turn came to: the turn to store and the status after it.</summary>
internal sealed record TurnOutcome(Turn Turn, OrchestrationRuntimeStatus Status, string? CustomStatus, string? Output, Failure? Failure)
{
    /// <summary>Set when the orchestration begins anew instead of going on.</summary>
    public NewBeginning? ContinuedAs { get; init; }

    /// <summary>The code, waiting for its next turn; null when it has none.</summary>
    public OrchestratorExecution? Code { get; init; }
}

/// <summary>What an orchestration that continues as new begins with.</summary>
/// <param name="Input">JSON, or null.</param>
/// <param name="Version">Its version from now on.</param>
/// <param name="Events">Events that nobody has waited for yet, in order.</param>
internal sealed record NewBeginning(string? Input, string? Version, IReadOnlyList<EventRaised> Events);
