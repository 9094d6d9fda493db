namespace Microsoft.DurableTask;

/// <summary>Decides after a failed attempt whether to make another, at once. Runs in the orchestrator and must be deterministic.</summary>
/// <param name="retryContext">The failed attempt.</param>
/// <returns>True for another attempt, false to fail.</returns>
public delegate bool RetryHandler(RetryContext retryContext);
