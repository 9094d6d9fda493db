namespace Microsoft.DurableTask;

/// <summary>What a retry handler is told about a failed attempt.</summary>
/// <param name="OrchestrationContext">The orchestration that called.</param>
/// <param name="LastAttemptNumber">The number of the attempt that failed, from 1.</param>
/// <param name="LastFailure">Why it failed.</param>
/// <param name="TotalRetryTime">Orchestration time since the first attempt began.</param>
/// <param name="CancellationToken">Signalled when the retries are to be given up.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
