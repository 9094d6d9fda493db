using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>Which of two cues in one place counts.</summary>
public sealed class TicketReadingTests
{
    [Theory]
    [InlineData((int)CueKind.Priority, "blocked", "blocked", "is blocked", "blocked", "is blocked")] // one reason: the longer
    [InlineData((int)CueKind.Priority, "blocked", "blocked", "blocked for all", "breadth", "blocked for all|blocked")] // two reasons: both
    [InlineData((int)CueKind.Priority, "blocked", "blocked", "not blocked", "calm", "not blocked")] // what calms covers what it holds
    [InlineData((int)CueKind.Priority, "blocked", "blocked", "not blocked", "workaround", "not blocked")]
    [InlineData((int)CueKind.Priority, "blocked", "blocked", "blocked", "breadth", "blocked|blocked")]
    [InlineData((int)CueKind.Type, "fails", "bug", "fails", "incident", "fails|fails")]
    [InlineData((int)CueKind.Mention, "java", "java", "java script", "javascript", "java script")] // one thing has one name
    [InlineData((int)CueKind.Tone, "mad", "angry", "mad about", "happy", "mad about")]
    [InlineData((int)CueKind.Grammar, "not", "not.en", "not the", "not.en", "not the|not")]
    public void The_longer_one_counts_where_both_say_the_same_kind_of_thing(int kindNumber, string one, string its, string other, string others, string found)
    {
        var kind = (CueKind)kindNumber; // the enum is internal
        var matcher = new CueMatcher([new Cue(one, kind, its, 1), new Cue(other, kind, others, 1)]);
        var longer = other.Length > one.Length ? other : one;

        var reading = TicketReading.Of("", $"well, it {longer} today", matcher, new CueMatcher([]));

        Assert.Equal(found.Split('|').Order(), reading.Find(kind).Select(finding => finding.Cue.Phrase).Order());
    }

    [Theory]
    [InlineData("not blocked", 1, true)]
    [InlineData("not quite blocked", 1, false)]
    [InlineData("not quite blocked", 2, true)]
    [InlineData("not, he says, blocked", 4, false)]
    [InlineData("not. blocked", 4, false)]
    [InlineData("blocked not", 4, false)]
    public void What_stands_a_few_words_before_in_the_same_clause_precedes(string text, int words, bool precedes)
    {
        var reading = TicketReading.Of("", text, new CueMatcher([new Cue("not", CueKind.Grammar, "not.en", 1), new Cue("blocked", CueKind.Priority, "blocked", 1)]), new CueMatcher([]));

        Assert.Equal(precedes, reading.IsPreceded("not.en", reading.Find(CueKind.Priority).Single(), words));
        Assert.False(reading.IsPreceded("not.de", reading.Find(CueKind.Priority).Single(), words));
    }
}
