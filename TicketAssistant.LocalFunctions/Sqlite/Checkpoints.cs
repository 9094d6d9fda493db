using System.Diagnostics;

namespace TicketAssistant.Diagnostics;

/// <summary>
/// Names the moments after which a crash matters: each commit and each effect outside the process. Costs nothing unless a
/// <see cref="DiagnosticListener"/> subscriber asks; the restart tests do, to kill the process exactly there.
/// </summary>
internal static class Checkpoints
{
    private static readonly DiagnosticListener Source = new("TicketAssistant.Checkpoints");

    /// <summary>Tells a subscriber, if there is one, that <paramref name="name"/> has just happened, and to what.</summary>
    internal static void Reached(string name, string? subject = null)
    {
        if (Source.IsEnabled(name)) Source.Write(name, subject);
    }
}
