using System.Globalization;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Reads a cue table: <c>[section]</c> headings, then lines of <c>weight cue | cue | cue</c>.</summary>
internal static class CueFile
{
    /// <summary>All cues of the embedded <paramref name="file"/>.</summary>
    /// <exception cref="InvalidOperationException">A line is not as described; names file and line.</exception>
    public static IEnumerable<Cue> Read(string file, CueKind kind)
    {
        var section = "";
        foreach (var line in EmbeddedTable.Lines(file))
        {
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
                continue;
            }

            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (section.Length == 0 || space < 0
                || !double.TryParse(line.AsSpan(0, space), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight))
            {
                throw new InvalidOperationException($"Table '{file}': '{line}' is neither a [section] nor 'weight cue | cue' below one.");
            }

            foreach (var phrase in line[(space + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                yield return new Cue(phrase, kind, section, weight);
        }
    }
}
