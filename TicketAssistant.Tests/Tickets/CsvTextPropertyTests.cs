using System.Text;
using FsCheck.Fluent;
using TicketAssistant.Functions.Tickets.Csv;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Tickets;

public sealed class CsvTextPropertyTests
{
    [Fact]
    public void Cells_come_back_as_they_were_and_none_is_a_formula() => Texts.Check(Gen.Choose(1, 5).SelectMany(n => Texts.Any.ListOf(n)), cells =>
    {
        var text = new StringBuilder();
        CsvText.AppendLine(text, [.. cells]);
        CsvText.AppendLine(text, "end");

        var rows = Read(text.ToString());

        Assert.Equal(2, rows.Count);
        Assert.Equal(["end"], rows[1]);
        Assert.Equal(cells.Count, rows[0].Count);
        foreach (var (given, read) in cells.Zip(rows[0]))
        {
            Assert.True(given == read || "'" + given == read, $"'{given}' became '{read}'.");
            Assert.False(read.TrimStart(' ') is [var first, ..] && "=+-@\t\r\n＝＋－＠".Contains(first, StringComparison.Ordinal), $"'{read}' is a formula.");
        }
    });

    /// <summary>RFC 4180 to the letter; a quotation mark where none may be is an error.</summary>
    private static List<List<string>> Read(string text)
    {
        var rows = new List<List<string>>();
        for (var at = 0; at < text.Length;)
        {
            var row = new List<string>();
            while (true)
            {
                row.Add(Cell(text, ref at));
                if (text[at] != ',') break;
                at++;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            rows.Add(row);
        }

        return rows;
    }

    private static string Cell(string text, ref int at)
    {
        var cell = new StringBuilder();
        if (text[at] != '"')
        {
            while (text[at] is not (',' or '\r'))
            {
                Assert.NotEqual('"', text[at]);
                cell.Append(text[at++]);
            }

            return cell.ToString();
        }

        for (at++; ; at++)
        {
            if (text[at] == '"' && text[++at] != '"') return cell.ToString();
            cell.Append(text[at]);
        }
    }
}
