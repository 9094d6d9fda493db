using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

/// <summary>What comes next to a skill. The weights are those of related.txt.</summary>
public sealed class SkillNeighboursTests
{
    [Fact]
    public void Those_that_somebody_has_come_closest_first_and_equal_ones_by_name()
    {
        Assert.Equal([("html", 0.7), ("angular", 0.5), ("vue", 0.5)], Of("css", "vue", "angular", "html", "kafka"));
    }

    [Fact]
    public void Over_one_that_nobody_has_it_goes_one_further_and_no_more()
    {
        // css - frontend 0.8 - next.js 0.6; next.js would lead on to react by 0.9.
        Assert.Equal([("next.js", 0.48)], Of("css", "next.js"));
        // swift - ios 0.9 - mobile 0.7 - android 0.6 would be near enough, but are three steps.
        Assert.Equal([("mobile", 0.63)], Of("swift", "mobile"));
        Assert.Empty(Of("swift", "android"));
    }

    [Fact]
    public void The_shorter_way_counts_where_there_are_two()
    {
        // css - react 0.5, css - frontend 0.8 - react 0.8 = 0.64.
        Assert.Equal([("react", 0.64)], Of("css", "react"));
        // Somebody has frontend: nobody looks beyond it.
        Assert.Equal([("frontend", 0.8), ("react", 0.5)], Of("css", "react", "frontend"));
    }

    [Fact]
    public void What_is_too_far_is_no_neighbour_and_a_skill_is_not_its_own()
    {
        // typescript - node.js 0.4 - javascript 0.5 = 0.2, but directly 0.8; javascript - typescript 0.4 - javascript is itself.
        Assert.Equal([("javascript", 0.8)], Of("typescript", "javascript"));
        Assert.Empty(Of("javascript", "javascript"));
        // word - office 365 0.9 - outlook 0.5 = 0.45; office 365 - windows 0.4, over word 0.36 and directly 0.4.
        Assert.Equal([("outlook", 0.45), ("windows", 0.4)], Of("word", "windows", "outlook"));
        // ios - flutter 0.3 is just near enough; ios - mobile 0.7 - flutter 0.5 = 0.35 is nearer.
        Assert.Equal([("flutter", 0.35)], Of("ios", "flutter"));
        Assert.Equal([("mobile", 0.7), ("flutter", 0.3)], Of("ios", "flutter", "mobile"));
        // backend - .net 0.4 - c# 0.7 = 0.28.
        Assert.Empty(Of("backend", "c#"));
    }

    [Theory]
    [InlineData("windows server patching", "windows server")]
    [InlineData("patching of windows server", "windows server")]
    [InlineData("kafka/rabbitmq brokers", "rabbitmq")]
    [InlineData("our own kafka", "kafka")]
    public void A_longer_name_is_next_to_the_known_skills_in_it(string own, string known)
    {
        Assert.Contains((own, 0.85), Of(known, own));
    }

    [Fact]
    public void Of_words_that_are_a_skill_together_none_is_looked_at_alone()
    {
        Assert.DoesNotContain("windows server patching", Of("windows", "windows server patching").Where(n => n.Weight == 0.85).Select(n => n.Name));
        Assert.Empty(Of("patching", "windows server patching"));
    }

    [Fact]
    public void Nothing_comes_next_to_general_support_or_where_nobody_has_anything()
    {
        Assert.Empty(Of("general support", "general support desk"));
        Assert.Empty(Of("css"));
    }

    private static (string Name, double Weight)[] Of(string skill, params string[] owned) =>
        [.. new SkillNeighbours(owned).Of(skill).Select(neighbour => (neighbour.Name, Math.Round(neighbour.Weight, 3)))];
}
