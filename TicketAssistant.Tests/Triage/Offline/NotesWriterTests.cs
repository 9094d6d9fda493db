using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class NotesWriterTests
{
    [Fact]
    public void It_names_the_first_of_what_was_found_and_no_more()
    {
        SkillScore[] scores = [
            new("one", 9, ["a", "b* ..c", "c .. d", "e"], true), new("two", 8, [], false), new("three", 7, ["f"], true), new("four", 6, ["g"], true), new("five", 5, ["h"], true), new("six", 4, ["i"], true)];

        var notes = Write(["r1", "r2", "r3", "r4"], ["p1", "p2", "p3", "p4"], [], scores);

        Assert.StartsWith("Recognised: one (a, b ..c, c … d); three (f); four (g); five (h).\nTaken for bug by r1, r2, r3; priority low by p1, p2, p3.\nAsk, if it isn't there: ", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void It_leaves_out_what_was_not_found() => Assert.StartsWith("Taken for bug; priority low.\nAsk", Write([], [], [], []), StringComparison.Ordinal);

    [Fact]
    public void First_checks_are_for_two_skills_that_have_any()
    {
        var notes = Write([], [], ["Zephyrine", "Docker", "Kubernetes", "nginx"], []);

        Assert.Equal(["First checks (Docker)", "First checks (Kubernetes)"], notes.Split('\n').Where(line => line.StartsWith("First", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
    }

    private static string Write(string[] reasons, string[] priorityReasons, string[] skills, SkillScore[] scores) => NotesWriter.Write(
        TicketReading.Of("", "word", new CueMatcher([]), new CueMatcher([])), new TypeVerdict(TicketType.Bug, 1, reasons, []), TicketPriority.Low, priorityReasons, skills, scores, isVague: false);
}
