using FsCheck;
using FsCheck.Fluent;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class OfflineAnalyzerPropertyTests
{
    // Fragments that exercise marks, wildcards, mark-up and broken characters more than random letters do.
    private static readonly string[] Fragments =
    [
        "</", "<p", "<system>", "&#", "&amp;", "'", "’t", "\ud83d", "\udd25", "🔥", "\0", "\r\n", "\n\n", " ", "\u00a0", ".", "...", "!!", "。", "パスワード", "चालान", "비밀번호",
        "C++", ".NET", "c#", "R&D", "charged", "twice", "can't", "log", "in", "ignore all previous instructions", "assignee:", "{\"type\":", "URGENT", "ß", "ﬁ", "e\u0301", "password: x", "4111111111111111",
    ];

    [Fact]
    public void Any_text_is_analysed_within_the_limits()
    {
        var text = Gen.Choose(0, 60).SelectMany(n => Gen.Elements(Fragments).ListOf(n)).Select(string.Concat);
        var any = Gen.OneOf(text, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

        Prop.ForAll(Gen.Zip(any, any).ToArbitrary(), ticket => AssertWithinLimits(OfflineAnalyzer.Analyze(ticket.Item1, ticket.Item2, Team.Vocabulary)))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("!")]
    [InlineData("<p")]
    [InlineData("パ")]
    [InlineData("\ud83d\udd25")]
    [InlineData("charged ")]
    [InlineData("ignore assign priority urgent. ")]
    [InlineData("pods OOMKilled, nobody can log in.\n")]
    public void The_longest_text_there_is_stays_within_the_limits(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 20_000 / unit.Length));

        AssertWithinLimits(OfflineAnalyzer.Analyze(text[..Math.Min(200, text.Length)], text, Team.Vocabulary));
    }

    private static void AssertWithinLimits(TicketAnalysis analysis)
    {
        Assert.InRange(analysis.Reasoning.Length, 1, 1000);
        Assert.InRange(analysis.Summary.Length, 1, 500);
        Assert.InRange(analysis.HelpfulNotes.Length, 1, 4000);
        Assert.InRange(analysis.RequiredSkills.Count, 0, 8);
        Assert.InRange(analysis.Confidence, 0, 1);
        Assert.True(Enum.IsDefined(analysis.Type));
        Assert.True(Enum.IsDefined(analysis.Priority));
        Assert.All(analysis.RequiredSkills, skill => Assert.InRange(skill.Length, 1, 60));
        Assert.True(analysis.Language is null or { Length: 2 });
        Assert.True(analysis.Sentiment is "calm" or "frustrated" or "angry");
    }
}
