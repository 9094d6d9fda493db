namespace Microsoft.DurableTask.Client;

/// <summary>What is known of an orchestration at the moment of asking.</summary>
/// <param name="name">The orchestrator's name.</param>
/// <param name="instanceId">The instance's id.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    private const int PayloadShown = 50;

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; } = name;

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Reads the serialised values; null where they weren't asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the orchestration stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input as stored; null where there is none or it wasn't asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output as stored; null where there is none or it wasn't asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status as stored; null where there is none or it wasn't asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>The labels that it was started with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it failed; null where it didn't or outputs weren't asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it is <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it has ended: completed, failed or terminated.</summary>
    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <returns>The input; the type's default where there is none.</returns>
    /// <exception cref="InvalidOperationException">Inputs and outputs weren't asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <returns>The output; the type's default where there is none.</returns>
    /// <exception cref="InvalidOperationException">Inputs and outputs weren't asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <returns>The custom status; the type's default where there is none.</returns>
    /// <exception cref="InvalidOperationException">Inputs and outputs weren't asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <summary>The orchestration on one line, payloads shortened.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
        => $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}"
            + (SerializedInput is null ? "" : $", Input: '{Shorten(SerializedInput)}'")
            + (SerializedOutput is null ? "" : $", Output: '{Shorten(SerializedOutput)}'")
            + (FailureDetails is null ? "" : $", FailureDetails: '{FailureDetails.ErrorType} - {Shorten(FailureDetails.ErrorMessage)}'")
            + "]";

    private static string Shorten(string payload) => payload.Length > PayloadShown ? $"{payload[..PayloadShown]}..." : payload;

    private T? Read<T>(string? data)
        => DataConverter is { } converter
            ? converter.Deserialize<T>(data)
            : throw new InvalidOperationException(
                $"The inputs and outputs of orchestration {InstanceId} weren't fetched; ask for it with getInputsAndOutputs: true.");
}
