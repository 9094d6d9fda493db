namespace TicketAssistant.Benchmarks.Triage;

/// <summary>A confusion table on standard error: a row for each label, a column for each answer.</summary>
internal static class Confusion
{
    /// <summary>Writes the table. A ticket with several acceptable labels stands in the row of its answer if that is one of them, else of the first.</summary>
    public static void Write(string title, IEnumerable<(IReadOnlyList<string> Accepted, string Answer)> answers)
    {
        var cells = answers
            .GroupBy(a => (Row: a.Accepted.Contains(a.Answer) ? a.Answer : a.Accepted[0], Column: a.Answer))
            .ToDictionary(group => group.Key, group => group.Count());
        string[] labels = [.. cells.Keys.SelectMany(key => new[] { key.Row, key.Column }).Distinct().Order(StringComparer.Ordinal)];
        var width = labels.Append(title).Max(label => label.Length) + 2;
        Console.Error.WriteLine(title.PadRight(width) + string.Concat(labels.Select(label => label.PadLeft(width))));
        foreach (var row in labels)
            Console.Error.WriteLine(row.PadRight(width) + string.Concat(labels.Select(column => $"{cells.GetValueOrDefault((row, column))}".PadLeft(width))));
    }
}
