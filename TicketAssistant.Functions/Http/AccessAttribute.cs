namespace TicketAssistant.Functions.Http;

/// <summary>Says who may call an HTTP function. Every one needs it: without, the app does not start.</summary>
/// <param name="access">Who may.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Access access) : Attribute
{
    /// <summary>Who may.</summary>
    public Access Access { get; } = access;
}
