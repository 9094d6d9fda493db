using System.Globalization;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>What each reason is worth: weights a hair on either side of where the priority changes.</summary>
public sealed class PriorityScorerTests
{
    [Theory]
    [InlineData(TicketType.Incident, "blocked 0.33", "blocked 0.34")]
    [InlineData(TicketType.Security, "blocked 0.33", "blocked 0.34")]
    [InlineData(TicketType.AccountAccess, "blocked 0.86", "blocked 0.87")]
    [InlineData(TicketType.Billing, "blocked 1.06", "blocked 1.07")]
    [InlineData(TicketType.Bug, "blocked 0.59", "blocked 0.61")]
    [InlineData(TicketType.Other, "blocked 1.39", "blocked 1.41")]
    [InlineData(TicketType.Bug, "outage 0.74", "outage 0.76")]
    [InlineData(TicketType.Bug, "loss 0.49", "loss 0.51")]
    [InlineData(TicketType.Bug, "breach 0.49", "breach 0.51")]
    [InlineData(TicketType.Bug, "harm 0.49", "harm 0.51")]
    [InlineData(TicketType.Bug, "breadth 2.24", "breadth 2.26")]
    [InlineData(TicketType.Bug, "blocked 0.1 breadth 0.53", "blocked 0.1 breadth 0.54")]
    [InlineData(TicketType.Bug, "outage 0.1 breadth 0.55", "outage 0.1 breadth 0.56")]
    [InlineData(TicketType.Bug, "loss 0.1 breadth 0.51", "loss 0.1 breadth 0.52")]
    [InlineData(TicketType.Bug, "money 0.89", "money 0.91")]
    [InlineData(TicketType.Bug, "deadline 0.99", "deadline 1.01")]
    [InlineData(TicketType.Bug, "growing 1.28", "growing 1.29")]
    public void A_reason_makes_high_of_medium_from_its_weight_on(TicketType type, string less, string enough)
    {
        Assert.Equal(TicketPriority.Medium, Decide(type, less).Priority);
        Assert.Equal(TicketPriority.High, Decide(type, enough).Priority);
    }

    [Theory]
    [InlineData(TicketType.Bug, "workaround 1.11", "workaround 1.09")]
    [InlineData(TicketType.Bug, "calm 0.62", "calm 0.61")]
    [InlineData(TicketType.Other, "blocked 0.06", "blocked 0.07")]
    [InlineData(TicketType.Question, "outage 0.29", "outage 0.31")]
    [InlineData(TicketType.Question, "blocked 0.29", "blocked 0.31")]
    [InlineData(TicketType.Question, "deadline 0.49", "deadline 0.51")]
    [InlineData(TicketType.Question, "outage 1 calm 0.71", "outage 1 calm 0.69")]
    [InlineData(TicketType.Question, "outage 1 workaround 1.17", "outage 1 workaround 1.16")]
    public void A_reason_makes_low_of_medium_or_medium_of_low(TicketType type, string low, string medium)
    {
        Assert.Equal(TicketPriority.Low, Decide(type, low).Priority);
        Assert.Equal(TicketPriority.Medium, Decide(type, medium).Priority);
    }

    [Theory]
    [InlineData(TicketType.Incident, "outage 1 breadth 0.92", "outage 1 breadth 0.94")]
    [InlineData(TicketType.Incident, "outage 2 breadth 0.6", "outage 2 breadth 0.61")]
    [InlineData(TicketType.Bug, "loss 1.99", "loss 2")]
    [InlineData(TicketType.Bug, "breach 1.99", "breach 2")]
    [InlineData(TicketType.Bug, "harm 1.99", "harm 2")]
    public void Urgent_is_for_many_people_or_for_lasting_damage(TicketType type, string high, string urgent)
    {
        Assert.Equal(TicketPriority.High, Decide(type, high).Priority);
        Assert.Equal(TicketPriority.Urgent, Decide(type, urgent).Priority);
    }

    [Theory]
    [InlineData(TicketType.Bug, "outage 3 blocked 3 breadth 1 money 1", TicketPriority.High)]
    [InlineData(TicketType.FeatureRequest, "outage 3 blocked 3 breadth 3 loss 3 deadline 3", TicketPriority.Low)]
    [InlineData(TicketType.Question, "loss 1.99", TicketPriority.Low)]
    [InlineData(TicketType.Question, "loss 2.2", TicketPriority.High)]
    [InlineData(TicketType.Question, "loss 2.3", TicketPriority.Urgent)]
    [InlineData(TicketType.Bug, "deadline -2", TicketPriority.Medium)]
    [InlineData(TicketType.Question, "deadline -2 outage 0.31", TicketPriority.Medium)]
    [InlineData(TicketType.Bug, "", TicketPriority.Medium)]
    [InlineData(TicketType.Other, "", TicketPriority.Low)]
    public void What_kind_of_ticket_it_is_bounds_what_reasons_can_do(TicketType type, string reasons, TicketPriority priority)
    {
        Assert.Equal(priority, Decide(type, reasons).Priority);
    }

    [Theory]
    [InlineData("breadth 0.99", false)]
    [InlineData("breadth 1", true)]
    [InlineData("loss 1.99", false)]
    [InlineData("loss 2", true)]
    [InlineData("breach 1.99", false)]
    [InlineData("breach 2", true)]
    [InlineData("harm 1.99", false)]
    [InlineData("harm 2", true)]
    [InlineData("outage 3 blocked 3 money 3", false)]
    public void Grave_is_what_hits_everybody_or_lasts(string reasons, bool isGrave)
    {
        Assert.Equal(isGrave, Decide(TicketType.Incident, reasons).IsGrave);
    }

    [Fact]
    public void Reasons_are_named_strongest_first_and_those_without_weight_not_at_all()
    {
        Assert.Equal(["blocked (blocked)", "calm (calm)", "growing (growing)", "money (money)"], Decide(TicketType.Bug, "money 1 outage 0 growing 1 blocked 2 calm -1.5").Reasons);
    }

    [Fact]
    public void Of_two_cues_for_one_reason_the_stronger_counts_wherever_it_stands()
    {
        Cue[] cues = [Priority("stuck", "blocked", 1), Priority("dead", "blocked", -2), Priority("slow", "blocked", 0.5)];

        foreach (var text in (string[])["stuck dead slow", "dead slow stuck", "slow stuck dead"])
            Assert.Equal(["blocked (dead)"], PriorityScorer.Decide(Read(text, cues), TicketType.Bug).Reasons);
    }

    [Theory]
    [InlineData("7 users", null)]
    [InlineData("8 users", "breadth (8 users)")]
    [InlineData("We are 99 users", "breadth (99 users)")]
    [InlineData("100 users", "breadth (100 users)")]
    [InlineData("1,200 users", "breadth (1200 users)")]
    [InlineData("1.200 users", "breadth (1200 users)")]
    [InlineData("1234567 users", "breadth (1234567 users)")]
    [InlineData("12345678 users", null)]
    [InlineData("30人", "breadth (30 人)")]
    [InlineData("users 30", null)]
    [InlineData("30 of users", null)]
    [InlineData("users", null)]
    public void People_are_counted(string text, string? reason)
    {
        var verdict = PriorityScorer.Decide(Read(text, Priority("users", "people", 1), Priority("人", "people", 1)), TicketType.Bug);

        Assert.Equal(reason is null ? [] : [reason], verdict.Reasons);
    }

    [Theory]
    [InlineData("down for 99 users", TicketPriority.High)]
    [InlineData("down for 100 users", TicketPriority.Urgent)]
    [InlineData("down, nobody can", TicketPriority.Urgent)]
    [InlineData("down, nobody can in our team", TicketPriority.High)]
    [InlineData("down, nobody can of 20 users", TicketPriority.High)]
    [InlineData("down, nobody can of 200 users", TicketPriority.Urgent)]
    [InlineData("down for everybody, in our team too", TicketPriority.Urgent)]
    [InlineData("not down, nobody can", TicketPriority.Medium)]
    [InlineData("it is not really down, nobody can", TicketPriority.Urgent)]
    public void A_team_or_some_tens_of_people_are_not_everybody_and_what_is_not_down_is_not_down(string text, TicketPriority priority)
    {
        var reading = Read(
            text,
            Priority("users", "people", 1), Priority("down", "outage", 2), Priority("nobody can", "nobody", 1), Priority("team", "local", 1), Priority("everybody", "breadth", 1),
            new Cue("not", CueKind.Grammar, "not.en", 1));

        Assert.Equal(priority, PriorityScorer.Decide(reading, TicketType.Incident).Priority);
    }

    private static PriorityVerdict Decide(TicketType type, string reasons)
    {
        var words = reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var cues = words.Chunk(2).Select(pair => Priority(pair[0], pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture))).ToArray();
        return PriorityScorer.Decide(Read(string.Join(' ', cues.Select(cue => cue.Phrase)), cues), type);
    }

    private static Cue Priority(string phrase, string section, double weight) => new(phrase, CueKind.Priority, section, weight);

    private static TicketReading Read(string text, params Cue[] cues) => TicketReading.Of("", text, new CueMatcher(cues), new CueMatcher([]));
}
