using TicketAssistant.LocalFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reads and replaces what a function returned.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The invocation's result.</summary>
    /// <param name="context">The invocation.</param>
    /// <returns>A view that reads and writes the result of this invocation.</returns>
    /// <exception cref="InvalidOperationException">The context is not one of this host's.</exception>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new BoundInvocationResult(Slot(context));

    /// <summary>The invocation's result as a given type.</summary>
    /// <typeparam name="T">The type that the result has.</typeparam>
    /// <param name="context">The invocation.</param>
    /// <returns>A view that reads and writes the result of this invocation.</returns>
    /// <exception cref="InvalidOperationException">The result is there and of another type, or the context is not one of this host's.</exception>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context)
    {
        InvocationResultFeature slot = Slot(context);
        return slot.Value is null or T
            ? new BoundInvocationResult<T>(slot)
            : throw new InvalidOperationException(
                $"The function {context.FunctionDefinition.Name} returned a {slot.Value.GetType()}, not the {typeof(T)} asked for; " +
                "ask for the type that it returns, or use GetInvocationResult().");
    }

    private static InvocationResultFeature Slot(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<InvocationResultFeature>()
            ?? throw new InvalidOperationException(
                $"Invocation {context.InvocationId} carries no result; call GetInvocationResult with the context that the host passes in.");
    }
}
