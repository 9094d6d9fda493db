using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillClaimTests
{
    [Theory]
    [InlineData("Kubernetes", "Kubernetes", 3)]
    [InlineData("Kubernetes:5", "Kubernetes", 5)]
    [InlineData("C++:1", "C++", 1)]
    [InlineData("C:5", "C", 5)]
    [InlineData("SAP : 2", "SAP : 2", 3)]
    [InlineData("SAP :2", "SAP", 2)]
    [InlineData("ISO 9001:2015", "ISO 9001:2015", 3)]
    [InlineData("C:", "C:", 3)]
    [InlineData("x:9", "x:9", 3)]
    public void A_grade_is_one_digit_after_the_last_colon(string skill, string name, int grade)
    {
        var claim = SkillClaim.Parse(skill);

        Assert.Equal((name, grade), (claim.Name, claim.Grade));
        Assert.Null(claim.Pattern);
        Assert.Equal(name, SkillClaim.NameOf(skill));
    }

    [Fact]
    public void A_pattern_may_be_graded()
    {
        var claim = SkillClaim.Parse("/^sap/:4");

        Assert.Equal(("/^sap/", 4), (claim.Name, claim.Grade));
        Assert.NotNull(claim.Pattern);
    }

    [Fact]
    public void A_stored_pattern_that_is_none_is_a_name()
    {
        Assert.Null(SkillClaim.Parse("/(/").Pattern);
    }

    [Theory]
    [InlineData("Go:0")]
    [InlineData("Go:6")]
    [InlineData("/(/")]
    [InlineData("/(?<=a)b/")]
    [InlineData("/(a)\\1/")]
    [InlineData("/(a{100}){100}/")]
    [InlineData("/a{99999999999}/")]
    [InlineData("/x/:7")]
    public void What_cannot_work_is_refused_with_a_reason(string skill)
    {
        Assert.NotNull(SkillClaim.Problem(skill, mayBePattern: true));
    }

    [Theory]
    [InlineData("Go:5")]
    [InlineData("/^aws/")]
    [InlineData("/^(sap|abap)( |$)/:2")]
    [InlineData("CI/CD")]
    public void What_works_is_taken(string skill)
    {
        Assert.Null(SkillClaim.Problem(skill, mayBePattern: true));
    }

    [Fact]
    public void Only_an_admin_may_write_a_pattern()
    {
        Assert.Null(SkillClaim.Problem("/.*/", mayBePattern: true));
        Assert.NotNull(SkillClaim.Problem("/.*/", mayBePattern: false));
    }
}
