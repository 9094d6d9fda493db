using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>How evidence for a skill adds up, with cues of the test's own; the real tables are in <see cref="OfflineAnalyzerTests"/>.</summary>
public sealed class SkillScorerTests
{
    [Theory]
    [InlineData("alpha", 4.0)]
    [InlineData("alpha beta", 5.0)]
    [InlineData("alpha alpha", 6.0)]
    [InlineData("alpha alpha alpha", 7.0)]
    [InlineData("alpha alpha alpha alpha", 7.5)]
    [InlineData("alpha alpha alpha alpha alpha", 7.75)]
    [InlineData("alpha alpha alpha alpha alpha alpha", 8.0)]
    [InlineData("alpha beta gamma", 9.0)]
    [InlineData("beta all works", 0.25)]
    [InlineData("beta. all works", 1.0)]
    [InlineData("minus alpha", 3.0)]
    [InlineData("minus beta", null)]
    [InlineData("not alpha", 4.0)]
    public void Evidence_adds_up_and_says_less_each_time(string text, double? score)
    {
        Assert.Equal(score, Score("", text).SingleOrDefault(s => s.Canonical == "zephyr")?.Score);
    }

    [Theory]
    [InlineData("quux", 3.0)]
    [InlineData("not quux", null)]
    [InlineData("not the quux", null)]
    [InlineData("not the same quux", 3.0)]
    [InlineData("not this, quux", 3.0)]
    [InlineData("not this. quux", 3.0)]
    [InlineData("mr quux", null)]
    [InlineData("mr quux met quux", null)]
    public void A_name_counts_unless_it_is_denied_or_a_persons(string text, double? score)
    {
        Assert.Equal(score, Score("", text).SingleOrDefault(s => s.Canonical == "quux")?.Score);
    }

    [Fact]
    public void The_title_says_more()
    {
        Assert.Equal(6, Assert.Single(Score("alpha", "")).Score);
        Assert.Equal(6 + 2, Assert.Single(Score("alpha", "alpha")).Score);
    }

    [Fact]
    public void Whether_it_is_named_and_by_what_it_was_found_is_kept()
    {
        var zephyr = Assert.Single(Score("", "beta alpha beta"));
        Assert.False(zephyr.IsNamed);
        Assert.Equal(["beta", "alpha"], zephyr.Evidence);
        Assert.True(Assert.Single(Score("", "quux")).IsNamed);
    }

    [Fact]
    public void The_strongest_comes_first_and_equal_ones_by_name()
    {
        Assert.Equal(["zephyr", "abacus", "quux"], Score("", "quux abax alpha").Select(s => s.Canonical));
    }

    [Fact]
    public void A_named_product_takes_weight_from_its_rivals_symptoms()
    {
        Cue[] cues = [new("mysql", CueKind.Mention, "mysql", 3), new("bloat", CueKind.Symptom, "postgresql", 4), new("sled", CueKind.Symptom, "hardware", 4)];

        Assert.Equal([("hardware", 4), ("mysql", 3), ("postgresql", 1.6)], Rounded("mysql bloat sled"));
        Assert.Equal([("hardware", 4), ("postgresql", 4)], Rounded("bloat sled"));

        IEnumerable<(string, double)> Rounded(string text) =>
            SkillScorer.Score(Read("", text, cues), SkillVocabulary.Empty).Where(s => s.Evidence.Count > 0).Select(s => (s.Canonical, Math.Round(s.Score, 6)));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1.99, false)]
    public void Somebody_inside_is_for_those_who_handle_that(double weight, bool isBreach)
    {
        var scores = SkillScorer.Score(Read("", "inside", new Cue("inside", CueKind.Priority, "breach", weight)), SkillVocabulary.Empty);

        Assert.Equal(isBreach ? 6 : null, scores.SingleOrDefault(s => s.Canonical == "security")?.Score);
        Assert.Equal(isBreach ? 6 : null, scores.SingleOrDefault(s => s.Canonical == "incident response")?.Score);
    }

    private static List<SkillScore> Score(string title, string text)
    {
        Cue[] cues = [
            new("alpha", CueKind.Symptom, "zephyr", 4), new("beta", CueKind.Symptom, "zephyr", 1), new("gamma", CueKind.Symptom, "zephyr", 40),
            new("minus", CueKind.Symptom, "zephyr", -1), new("quux", CueKind.Mention, "quux", 3), new("abax", CueKind.Symptom, "abacus", 3),
            new("works", CueKind.Grammar, "fine", 1), new("not", CueKind.Grammar, "not.en", 1), new("mr", CueKind.Grammar, "title", 1)];
        return SkillScorer.Score(Read(title, text, cues), SkillVocabulary.Empty);
    }

    private static TicketReading Read(string title, string text, params Cue[] cues) => TicketReading.Of(title, text, new CueMatcher(cues), new CueMatcher([]));
}
