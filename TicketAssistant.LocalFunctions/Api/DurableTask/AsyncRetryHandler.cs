namespace Microsoft.DurableTask;

/// <summary>
/// Decides after a failed attempt whether to make another. Runs in the orchestrator and must be deterministic; to wait
/// before the next attempt, it awaits a durable timer.
/// </summary>
/// <param name="retryContext">The failed attempt.</param>
/// <returns>True for another attempt, false to fail.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
