using System.Globalization;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>What speaks for a kind of ticket, and how much: by how far it leads shows it.</summary>
public sealed class TypeScorerTests
{
    [Theory]
    [InlineData("", "bug 1.19", TicketType.Other, 0)]
    [InlineData("", "bug 1.2", TicketType.Bug, 1)]
    [InlineData("", "bug 1.2 billing 1.5", TicketType.Billing, 0.2)]
    [InlineData("billing 1", "bug 1.2", TicketType.Billing, 0.25)]
    [InlineData("", "security 20 incident 4.5", TicketType.Security, 0.5)]
    [InlineData("", "bug 2 incident 2", TicketType.Bug, 0)]
    [InlineData("", "feature_request 4 other 1 account_access 2", TicketType.FeatureRequest, 0.5)]
    public void The_kind_with_the_most_weight_wins_if_it_is_enough(string title, string text, TicketType type, double lead)
    {
        var verdict = Decide(title, text);

        Assert.Equal(type, verdict.Type);
        Assert.Equal(lead, verdict.Lead, precision: 9);
    }

    [Fact]
    public void Saying_it_again_says_less()
    {
        Cue[] cues = [Type("alpha", "bug", 1), Type("beta", "billing", 1)];

        Assert.Equal(TicketType.Other, Decide("alpha", cues).Type);
        var twice = Decide("alpha beta alpha", cues);
        Assert.Equal(TicketType.Bug, twice.Type);
        Assert.Equal(0.3 / 1.3, twice.Lead, precision: 9);
        Assert.Equal(["alpha"], twice.Reasons);
        Assert.Equal(0.6 / 1.6, Decide("alpha alpha beta alpha", cues).Lead, precision: 9);
    }

    [Fact]
    public void Reasons_are_those_of_the_winner_in_the_order_of_the_text()
    {
        Assert.Equal(["gamma", "alpha"], Decide("gamma beta alpha gamma", Type("alpha", "bug", 1), Type("beta", "billing", 1), Type("gamma", "bug", 2)).Reasons);
    }

    [Theory]
    [InlineData("how is this done?", TicketType.Question)]
    [InlineData("how, then?", TicketType.Question)]
    [InlineData("¿como se hace?", TicketType.Question)]
    [InlineData("Hello there. how is this done? Thanks.", TicketType.Question)]
    [InlineData("how is this done", TicketType.Other)]
    [InlineData("show me?", TicketType.Other)]
    [InlineData("this how?", TicketType.Other)]
    [InlineData("?", TicketType.Other)]
    public void What_begins_and_ends_like_a_question_is_one(string text, TicketType type)
    {
        Assert.Equal(type, Decide(text).Type);
    }

    [Theory]
    [InlineData("billing 1.5", "how?", TicketType.Question, 0.25)]
    [InlineData("billing 1.5", "how? how?", TicketType.Question, 0.25)]
    [InlineData("bug 1.6", "how?", TicketType.Question, 0.2)]
    [InlineData("bug 2", "how?", TicketType.Bug, 0.75)]
    [InlineData("incident 2", "how?", TicketType.Incident, 0.75)]
    [InlineData("bug 1.5 incident 0.5", "how?", TicketType.Bug, 2 / 3.0)]
    [InlineData("bug 1.5 incident 0.4", "how?", TicketType.Question, 0.25)]
    [InlineData("question 8", "how?", TicketType.Question, 1)]
    public void A_question_counts_once_and_hardly_at_all_after_a_fault(string cues, string question, TicketType type, double lead)
    {
        var verdict = Decide(Words(cues) + ". " + question, Cues(cues));

        Assert.Equal(type, verdict.Type);
        Assert.Equal(lead, verdict.Lead, precision: 9);
    }

    [Theory]
    [InlineData("breach", 2, TicketType.Security)]
    [InlineData("loss", 2, TicketType.Incident)]
    [InlineData("harm", 2, TicketType.Incident)]
    [InlineData("breach", 1.99, TicketType.Billing)]
    [InlineData("loss", 1.99, TicketType.Billing)]
    [InlineData("outage", 3, TicketType.Billing)]
    public void Whatever_is_asked_grave_damage_says_what_it_is(string reason, double weight, TicketType type)
    {
        var verdict = Decide("alpha omega", Type("alpha", "billing", 3), new Cue("omega", CueKind.Priority, reason, weight));

        Assert.Equal(type, verdict.Type);
        Assert.Equal(type == TicketType.Billing ? 1 : 0.25, verdict.Lead, precision: 9);
    }

    [Theory]
    [InlineData("phishing", 3, TicketType.Security, 1)]
    [InlineData("hr", 3, TicketType.Other, (2.2 - 1) / 2.2)]
    [InlineData("kubernetes", 3, TicketType.Bug, 0)]
    [InlineData("kubernetes", 2.9, TicketType.Other, 0)]
    public void A_skill_may_be_a_kind_and_else_who_names_one_has_trouble_with_it(string skill, double score, TicketType type, double lead)
    {
        var verdict = TypeScorer.Decide(Read("", ""), [new SkillScore(skill, score, [], IsNamed: true)]);

        Assert.Equal(type, verdict.Type);
        Assert.Equal(lead, verdict.Lead, precision: 9);
        Assert.Empty(verdict.Reasons);
    }

    [Fact]
    public void A_skill_counts_as_much_as_it_stands_out_and_only_the_strongest_of_a_kind()
    {
        // Billing: 2 x 1.6 x 3/4 by refunds and invoices alike, the stronger alone. Security: 2 x 2.
        SkillScore[] skills = [new("phishing", 4, [], true), new("invoices", 3, [], true), new("accounting", 3, [], true)];

        var verdict = TypeScorer.Decide(Read("", ""), skills);

        Assert.Equal(TicketType.Security, verdict.Type);
        Assert.Equal((4 - 2.4) / 4, verdict.Lead, precision: 9);
    }

    private static TypeVerdict Decide(string title, string text) => TypeScorer.Decide(Read(Words(title), Words(text), [.. Cues(title), .. Cues(text)]), []);

    private static TypeVerdict Decide(string text, params Cue[] cues) => TypeScorer.Decide(Read("", text, cues), []);

    private static string Words(string cues) => string.Join(' ', Cues(cues).Select(cue => cue.Phrase));

    // "bug 1.2 billing 1": words that speak for the kind of the same name.
    private static Cue[] Cues(string cues) => [.. cues.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2)
        .Select(pair => Type(pair[0].Replace("_", "", StringComparison.Ordinal), pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture)))];

    private static Cue Type(string phrase, string section, double weight) => new(phrase, CueKind.Type, section, weight);

    private static TicketReading Read(string title, string text, params Cue[] cues) => TicketReading.Of(title, text, new CueMatcher(cues), new CueMatcher([]));
}
