using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>An untyped view of an invocation's result.</summary>
internal sealed class BoundInvocationResult(InvocationResultFeature slot) : InvocationResult
{
    public override object? Value
    {
        get => slot.Value;
        set => slot.Value = value;
    }
}

/// <summary>A typed view of an invocation's result.</summary>
internal sealed class BoundInvocationResult<T>(InvocationResultFeature slot) : InvocationResult<T>
{
    public override T? Value
    {
        get => slot.Value is null ? default : (T)slot.Value;
        set => slot.Value = value;
    }
}
