using System.Collections.Frozen;
using System.Globalization;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Reads tables of <c>key = name weight | name weight</c>.</summary>
internal static class WeightTable
{
    /// <summary>All rows of the embedded <paramref name="file"/>.</summary>
    /// <exception cref="InvalidOperationException">A line is not as described; names file and line.</exception>
    public static FrozenDictionary<string, (string Name, double Weight)[]> Read(string file) =>
        EmbeddedTable.Lines(file).Select(line => Row(file, line)).ToFrozenDictionary(row => row.Key, row => row.Entries, StringComparer.Ordinal);

    private static (string Key, (string Name, double Weight)[] Entries) Row(string file, string line)
    {
        var parts = line.Split(" = ", 2);
        if (parts.Length != 2) throw new InvalidOperationException($"Table '{file}': '{line}' is not 'key = name weight | name weight'.");
        return (parts[0], [.. parts[1].Split('|', StringSplitOptions.TrimEntries).Select(entry =>
        {
            var space = entry.LastIndexOf(' ');
            return space > 0 && double.TryParse(entry.AsSpan(space + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                ? (entry[..space], weight)
                : throw new InvalidOperationException($"Table '{file}': '{entry}' in '{line}' has no weight.");
        })]);
    }
}
