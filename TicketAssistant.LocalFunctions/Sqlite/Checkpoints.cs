using System.Diagnostics;

namespace TicketAssistant.Diagnostics;

/// <summary>
/// Named moments between an effect and its record, where a crash is most instructive. Nothing happens there unless somebody
/// listens to the diagnostic source <c>TicketAssistant.Checkpoints</c>, as the crash tests do.
/// </summary>
internal static class Checkpoints
{
    private static readonly DiagnosticListener Source = new("TicketAssistant.Checkpoints");

    internal static void Reached(string name)
    {
        if (Source.IsEnabled(name)) Source.Write(name, null);
    }
}
