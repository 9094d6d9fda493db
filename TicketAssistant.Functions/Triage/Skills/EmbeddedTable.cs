namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>The embedded text tables beside this code: one entry a line, <c>//</c> begins a comment line.</summary>
internal static class EmbeddedTable
{
    /// <summary>The lines of <paramref name="file"/> that say something, trimmed.</summary>
    /// <exception cref="InvalidOperationException">There is no such table: a mistake in the build.</exception>
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream($"triage/{file}")
            ?? throw new InvalidOperationException($"The embedded table 'triage/{file}' is missing; is it listed as EmbeddedResource?");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            line = line.Trim();
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)) yield return line;
        }
    }
}
