namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Holds what the function of one invocation returned; the host attaches one to every invocation's features.</summary>
internal sealed class InvocationResultFeature
{
    /// <summary>The returned value.</summary>
    public object? Value { get; set; }
}
