namespace TicketAssistant.Functions.Startup;

/// <summary>Whether the demonstration team and tickets are wanted (<c>--demo</c>).</summary>
/// <param name="Enabled">True with the switch.</param>
public sealed record DemoOptions(bool Enabled);
