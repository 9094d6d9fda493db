using System.Buffers;
using System.Text;

namespace TicketAssistant.Functions.Tickets.Csv;

/// <summary>Writes comma-separated values (RFC 4180) that a spreadsheet can't take for formulas.</summary>
internal static class CsvText
{
    // What a spreadsheet takes for the beginning of a formula; the last four are what some make of full-width signs.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>Adds one line.</summary>
    public static void AppendLine(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) text.Append(',');
            Append(text, cells[i] ?? "");
        }

        text.Append("\r\n");
    }

    private static void Append(StringBuilder text, string cell)
    {
        // Some take blanks before a formula away.
        var isFormula = cell.AsSpan().TrimStart(' ') is [var first, ..] && Formula.Contains(first);
        if (!isFormula && !cell.AsSpan().ContainsAny(Special))
        {
            text.Append(cell);
            return;
        }

        text.Append('"');
        if (isFormula) text.Append('\'');
        text.Append(cell).Replace("\"", "\"\"", text.Length - cell.Length, cell.Length).Append('"');
    }
}
