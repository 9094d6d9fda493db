namespace TicketAssistant.Benchmarks.Triage;

/// <summary>What the command line says.</summary>
internal static class Options
{
    /// <summary>The argument behind <paramref name="name"/>; null where there is none.</summary>
    public static string? Find(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
