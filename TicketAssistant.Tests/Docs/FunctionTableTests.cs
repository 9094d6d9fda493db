using Xunit;

namespace TicketAssistant.Tests.Docs;

public sealed class FunctionTableTests
{
    [Fact]
    public void The_page_about_the_functions_is_what_the_code_says()
    {
        var path = Path.Combine(Repository(), "docs", "functions.md");
        var written = FunctionTable.Write();
        if (Environment.GetEnvironmentVariable("Test__UpdateDocs") == "true") File.WriteAllText(path, written);

        var kept = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var stale = written.Split('\n').Except(kept.Split('\n')).Concat(kept.Split('\n').Except(written.Split('\n')));

        Assert.True(
            written == kept,
            $"docs/functions.md is out of date: run this test with Test__UpdateDocs=true and commit what it writes. It differs in:\n{string.Join('\n', stale)}");
    }

    [Fact]
    public void Every_function_is_on_the_page_once()
    {
        var rows = FunctionTable.Write().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Where(name => name != "Function").ToList();

        Assert.Equal(FunctionTable.Names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_starts_what_is_read_from_the_code()
    {
        var rows = FunctionTable.Write().Split('\n');

        Assert.Contains(rows, row => row.StartsWith("| CreateTicket |", StringComparison.Ordinal) && row.Contains("| TriageOrchestrator |", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("| GetTicket |", StringComparison.Ordinal) && row.Contains("| User |  | 200 TicketReply |", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("| TriageOrchestrator | TriageInput |", StringComparison.Ordinal) && row.Contains("AnalyzeOffline, AnalyzeTicket, AssignTicket", StringComparison.Ordinal));
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TicketAssistant.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
