// Wrong on purpose: each type says in which member and how it differs from the real one of the same name.
#pragma warning disable CS0414, CA1008, CA1012, CA1822, CA1510, CA1711, CA1716, CA1816

using Real = Microsoft.DurableTask.Client;

namespace TicketAssistant.Tests.Api.Fakes.Microsoft.DurableTask.Client;

public abstract class DurableTaskClient : IAsyncDisposable
{
    protected DurableTaskClient(string name) => Name = name; // as it should be

    public string Name { get; } // as it should be

    public abstract ValueTask DisposeAsync(); // as it should be

    public abstract Task RaiseEventAsync( // parameter name
        string id, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    public abstract Task<Real.OrchestrationMetadata> WaitForInstanceStartAsync( // default value
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    public abstract Task<Real.OrchestrationMetadata> WaitForInstanceCompletionAsync( // no default value
        string instanceId, bool getInputsAndOutputs, CancellationToken cancellation = default);

    public abstract Task<string> SuspendInstanceAsync( // return type
        string instanceId, string? reason = null, CancellationToken cancellation = default);

    public Task<Real.PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation) // not virtual
        => throw new NotSupportedException();
}

public sealed class PurgeResult(int count) // sealed; the constructor and property are as they should be
{
    public int PurgedInstanceCount { get; } = count;
}

public class PurgeInstanceOptions(bool Recursive = false) // the constructor is as it should be
{
    public bool Recursive { get; set; } = Recursive; // set, not init
}

public sealed class OrchestrationMetadata(string name, string instanceId) : Random // another base
{
    public string Text => name + instanceId; // no such property
}

public static class StartOrchestrationOptionsExtensions // as it should be
{
    public static global::Microsoft.DurableTask.StartOrchestrationOptions WithDedupeStatuses( // params left out
        this global::Microsoft.DurableTask.StartOrchestrationOptions options,
        Real.OrchestrationRuntimeStatus[] dedupeStatuses)
        => throw new NotSupportedException(dedupeStatuses.ToString() + options);
}

public enum OrchestrationRuntimeStatus // as it should be
{
    Running = 1, // another number
}

public abstract class IDurableTaskClientProvider : IDisposable // another kind, an interface of its own
{
    public abstract void Dispose(); // no such method

    public class Inner; // no such type, and its constructor
}
