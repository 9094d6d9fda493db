using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillPatternTests
{
    [Theory]
    [InlineData("/a{1000}/")]
    [InlineData("/(a{10}){100}/")]
    [InlineData("/a{0}b{0,}/")]
    [InlineData("/a{,5}/")]
    public void What_repeats_up_to_a_thousand_times_is_taken(string skill)
    {
        Assert.True(SkillPattern.TryCreate(skill, out var pattern, out var problem), problem);
        Assert.NotNull(pattern);
    }

    [Theory]
    [InlineData("/a{1001}/")]
    [InlineData("/a{1,1001}/")]
    [InlineData("/(a{10}){101}/")]
    [InlineData("/(a{0,1001}){0}/")]
    [InlineData("/(a{99999}){99999}{99999}{99999}/")]
    [InlineData("/a{12345678901234567890}/")]
    public void What_repeats_more_often_is_refused_for_that(string skill)
    {
        Assert.False(SkillPattern.TryCreate(skill, out var pattern, out var problem));
        Assert.Null(pattern);
        Assert.Equal("must not repeat anything more than 1000 times", problem);
    }

    [Theory]
    [InlineData("sap", "must be written between slashes")]
    [InlineData("//", "must be written between slashes")]
    [InlineData("/sap", "must be written between slashes")]
    [InlineData("sap/", "must be written between slashes")]
    [InlineData("/(?<=a)b/", "uses look-around, back references or atomic groups, which are not supported")]
    [InlineData("/(/", "is no valid pattern: ")]
    public void What_is_wrong_is_said(string skill, string begins)
    {
        Assert.False(SkillPattern.TryCreate(skill, out _, out var problem));
        Assert.StartsWith(begins, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_of_the_names_may_fit_whatever_its_case()
    {
        Assert.True(SkillPattern.TryCreate("/^sap( |$)/", out var pattern, out _));

        Assert.True(pattern!.Matches(["abap", "SAP hr"]));
        Assert.False(pattern.Matches(["abap", "sapphire"]));
        Assert.False(pattern.Matches([]));
    }
}
