using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AccountTextTests
{
    [Theory]
    [InlineData("ann@example.org", "ann@example.org")]
    [InlineData("  Ann.B+tag@Example.ORG\n", "ann.b+tag@example.org")]
    [InlineData("ann@xn--exmple-cua.org", "ann@xn--exmple-cua.org")]
    [InlineData("o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk")]
    [InlineData("admin@localhost", "admin@localhost")]
    public void One_mailbox_is_one_text(string text, string expected)
    {
        Assert.True(EmailAddress.TryNormalize(text, out var email));
        Assert.Equal(expected, email);
        Assert.True(EmailAddress.TryNormalize(email, out var again));
        Assert.Equal(email, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann@@example.org")]
    [InlineData("ann@b@example.org")]
    [InlineData("ann b@example.org")]
    [InlineData("ann@exam ple.org")]
    [InlineData("ann\r\nBcc: eve@example.org")]
    [InlineData("ann\0@example.org")]
    [InlineData("ann@example.org\u202e")]
    [InlineData("an\u200bn@example.org")]
    [InlineData("ﬁsh@example.org")]
    [InlineData("ＡＮＮ@example.org")]
    [InlineData("аnn@example.org")] // a Cyrillic a
    [InlineData("ann@exämple.org")]
    [InlineData("<ann@example.org>")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("\"ann b\"@example.org")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann.@example.org")]
    [InlineData(".ann@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("ann@example..org")]
    [InlineData("ann@-example.org")]
    [InlineData("ann@example.org.")]
    [InlineData("ann,eve@example.org")]
    [InlineData("ann(comment)@example.org")]
    public void What_is_no_plain_address_is_refused(string? text) => Assert.False(EmailAddress.TryNormalize(text, out _));

    [Fact]
    public void A_broken_surrogate_is_no_address() => Assert.False(EmailAddress.TryNormalize("a\ud800@example.org", out _));

    [Fact]
    public void An_address_has_at_most_254_characters()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 4)); // 243

        Assert.True(EmailAddress.TryNormalize(new string('a', 10) + "@" + domain, out _));
        Assert.False(EmailAddress.TryNormalize(new string('a', 11) + "@" + domain, out _));
        Assert.True(EmailAddress.TryNormalize(new string('a', 64) + "@example.org", out _));
        Assert.False(EmailAddress.TryNormalize(new string('a', 65) + "@example.org", out _));
        Assert.True(EmailAddress.TryNormalize("ann@" + new string('d', 63) + ".org", out _));
        Assert.False(EmailAddress.TryNormalize("ann@" + new string('d', 64) + ".org", out _));
        Assert.False(EmailAddress.TryNormalize(new string('a', 1_000_000), out _));
    }

    [Theory]
    [InlineData("  Ann \t B. ", "Ann B.")]
    [InlineData("a\u202eb\u2066c\u200f\u0007d", "abcd")]
    [InlineData("Ann\r\nBcc: x", "Ann Bcc: x")]
    [InlineData("Åsa 😀", "Åsa 😀")]
    public void A_name_is_one_visible_line(string text, string expected)
    {
        Assert.True(DisplayName.TryClean(text, out var name));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void A_name_without_anything_visible_or_with_too_much_is_refused()
    {
        Assert.False(DisplayName.TryClean(null, out _));
        Assert.False(DisplayName.TryClean(" \u200b\u202e ", out _));
        Assert.True(DisplayName.TryClean("n", out _));
        Assert.True(DisplayName.TryClean(new string('n', 100), out _));
        Assert.False(DisplayName.TryClean(new string('n', 101), out _));
    }

    [Fact]
    public void Skills_keep_their_first_spelling_in_order()
    {
        Assert.Equal(["C#", ".NET Core", "go"], SkillList.Clean([" C# ", ".NET  Core", "c#", "go", "GO\u200b"]));
        Assert.Empty(SkillList.Clean([]));
    }

    [Fact]
    public void Too_many_empty_or_long_skills_are_refused_by_place()
    {
        Assert.Equal("skills[1]", Refused(["a", " "]));
        Assert.Equal("skills[0]", Refused([null]));
        Assert.Equal("skills[0]", Refused([new string('x', 61)]));
        Assert.Equal("skills", Refused([.. Enumerable.Range(0, 51).Select(i => $"{i}")]));

        Assert.Single(SkillList.Clean([new string('x', 60)]));
        Assert.Equal(50, SkillList.Clean([.. Enumerable.Range(0, 50).Select(i => $"{i}")]).Count);

        static string Refused(IReadOnlyList<string?> skills) =>
            Assert.Single(Assert.Throws<ProblemException>(() => SkillList.Clean(skills)).Errors!).Key;
    }

    [Fact]
    public void Skills_may_be_graded_and_only_an_admins_may_be_patterns()
    {
        Assert.Equal(["Go:5", "Java"], SkillList.Clean(["Go:5", "go:2", "Java"]));
        Assert.Equal(["/^sap/:4"], SkillList.Clean(["/^sap/:4"], mayBePatterns: true));
        Assert.Throws<ProblemException>(() => SkillList.Clean(["/^sap/"]));
        Assert.Throws<ProblemException>(() => SkillList.Clean(["/(/"], mayBePatterns: true));
        Assert.Throws<ProblemException>(() => SkillList.Clean(["Go:7"]));
    }
}
