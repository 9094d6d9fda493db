using FsCheck.Fluent;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Triage.Skills;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillPropertyTests
{
    [Fact]
    public void A_key_is_its_own_key() => Texts.Check(text =>
    {
        var key = SkillName.Normalize(text);
        Assert.Equal(key, SkillName.Normalize(key));
        Assert.Equal(SkillName.Canonical(text), SkillName.Canonical(SkillName.Canonical(text)));
    });

    [Fact]
    public void Every_alias_has_one_name_which_is_its_own() => Assert.All(
        SkillAliases.Default.Names,
        entry =>
        {
            Assert.Equal(entry.Value, SkillName.Canonical(entry.Key));
            Assert.Equal(entry.Value, SkillName.Canonical(entry.Value));
        });

    [Fact]
    public void A_clean_skill_is_one_short_line_and_stays_as_it_is() => Texts.Check(text =>
    {
        if (!SkillName.TryClean(text, out var clean)) return;
        Assert.InRange(clean.Length, 1, SkillName.MaxLength);
        Assert.DoesNotContain(clean, char.IsControl);
        Assert.True(SkillName.TryClean(clean, out var again));
        Assert.Equal(clean, again);
        Assert.Equal(SkillName.Canonical(text), SkillName.Canonical(clean));
    });

    [Fact]
    public void Whatever_somebody_types_as_a_skill_or_pattern_is_taken_or_explained() => Texts.Check(text =>
    {
        foreach (var skill in (string[])[text, $"/{text}/", text + ":3", $"/{text}/:5"])
        {
            var claim = SkillClaim.Parse(skill);
            Assert.InRange(claim.Grade, SkillClaim.LowestGrade, SkillClaim.HighestGrade);
            if (!SkillPattern.TryCreate(skill, out var pattern, out var problem)) Assert.False(string.IsNullOrEmpty(problem));
            else Assert.NotNull(pattern);
            Assert.NotEqual("", SkillClaim.Problem(skill, mayBePattern: true));
            // Only an admin's may be a pattern.
            if (SkillClaim.Problem(skill, mayBePattern: false) is null) Assert.Null(claim.Pattern);
        }
    });

    [Fact]
    public void A_file_of_aliases_is_read_or_the_line_is_named() => Texts.Check(Gen.Choose(0, 4).SelectMany(n => Texts.Any.ListOf(n)), lines =>
    {
        try
        {
            var file = AliasesFile.Parse(lines.Select(line => $"known = {line}").Concat(lines));
            Assert.All(file.Aliases, alias => Assert.Equal(alias.Alias, SkillName.Normalize(alias.Alias)));
        }
        catch (SettingException e)
        {
            Assert.Contains("line ", e.Message, StringComparison.Ordinal);
        }
    });
}
