using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Health;

/// <summary>How far the app decides by itself.</summary>
/// <param name="Mode"><c>autonomous</c> or <c>supervised</c>.</param>
/// <param name="ConfirmBelow">In supervised mode, an analysis whose confidence (0 to 1) is below waits for a person; at 1 each one does.</param>
/// <param name="ConfirmMinutes">How long it waits.</param>
public sealed record TriageModeView(string Mode, double ConfirmBelow, int ConfirmMinutes)
{
    /// <summary>What is set.</summary>
    public static TriageModeView Of(TriageOptions options) =>
        new(options.Mode == TriageMode.Supervised ? "supervised" : "autonomous", options.ConfirmBelow, options.ConfirmMinutes);
}
