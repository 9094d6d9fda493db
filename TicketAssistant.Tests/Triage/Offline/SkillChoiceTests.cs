using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>"NGINX" and "Linux" are covered here, "sap" and "payroll" by nobody.</summary>
public sealed class SkillChoiceTests
{
    private static readonly SkillVocabulary Vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "NGINX", "Linux", "Zephyrine", "Quux", "Xyzzy", "Plugh")]);

    [Fact]
    public void What_has_too_little_evidence_is_not_asked_for()
    {
        Assert.Equal(["NGINX"], Choose(Named("nginx", 1.8)));
        Assert.Empty(Choose(Named("nginx", 1.79)));
        Assert.Equal(["NGINX"], Choose(Named("nginx", 1.8), Named("linux", 1.79)));
    }

    [Fact]
    public void A_weaker_skill_counts_from_a_share_of_the_best()
    {
        Assert.Equal(["NGINX", "Linux"], Choose(Named("nginx", 5), Named("linux", 2.1)));
        Assert.Equal(["NGINX"], Choose(Named("nginx", 5), Named("linux", 2.09)));
    }

    [Fact]
    public void Five_are_enough()
    {
        string[] names = ["nginx", "linux", "zephyrine", "quux", "xyzzy", "plugh"];

        Assert.Equal(["NGINX", "Linux", "Zephyrine", "Quux", "Xyzzy"], Choose([.. names.Select(name => Named(name, 3))]));
    }

    [Theory]
    [InlineData(3.45, true, true, "sap")]
    [InlineData(3.44, true, true, "NGINX")]
    [InlineData(3.45, false, false, "sap")]
    [InlineData(3.44, false, false, "NGINX")]
    [InlineData(3.45, true, false, "sap")]
    [InlineData(6, false, true, "sap")]
    [InlineData(5.99, false, true, "NGINX")]
    public void A_subject_nobody_covers_has_to_be_the_clearer_one(double uncovered, bool uncoveredIsNamed, bool coveredIsNamed, string first)
    {
        var chosen = Choose(new SkillScore("sap", uncovered, [], uncoveredIsNamed), new SkillScore("nginx", 3, [], coveredIsNamed));

        Assert.Equal([first], chosen);
    }

    [Fact]
    public void Of_subjects_that_nobody_covers_the_weaker_ones_go_with_the_best_and_covered_ones_do_not()
    {
        Assert.Equal(["sap", "payroll"], Choose(Named("sap", 5), Named("nginx", 3), Named("payroll", 2.1)));
        Assert.Equal(["sap"], Choose(Named("sap", 5), Named("nginx", 3), Named("payroll", 2.09)));
        Assert.Equal(["sap"], Choose(Named("sap", 1.8)));
    }

    private static SkillScore Named(string canonical, double score) => new(canonical, score, [], IsNamed: true);

    private static IReadOnlyList<string> Choose(params SkillScore[] scores) => SkillChoice.Choose(scores, Vocabulary);
}
