using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillNameTests
{
    [Theory]
    [InlineData("React", "React.js")]
    [InlineData("React", "  reactJS ")]
    [InlineData("k8s", "Kubernetes")]
    [InlineData(".NET", "dotnet")]
    [InlineData(".NET", "ASP.NET Core")]
    [InlineData("C#", "c sharp")]
    [InlineData("C#", "C #")]
    [InlineData("C#", "CSharp")]
    [InlineData("C#", "C♯")]
    [InlineData("C++", "cpp")]
    [InlineData("C++", "Ｃ＋＋")]
    [InlineData("Node.js", "NodeJS")]
    [InlineData("Node.js", "node")]
    [InlineData("JavaScript", "JS")]
    [InlineData("JavaScript", "java script")]
    [InlineData("Go", "golang")]
    [InlineData("PostgreSQL", "postgres")]
    [InlineData("MS SQL", "SQL Server")]
    [InlineData("Wi-Fi", "wifi")]
    [InlineData("Wi‑Fi", "WLAN")]
    [InlineData("CI/CD", "ci / cd")]
    [InlineData("CI/CD", "CICD")]
    [InlineData("GitHub Actions", "github-actions")]
    [InlineData("Spring Boot", "spring_boot")]
    [InlineData("GDPR", "DSGVO")]
    [InlineData("Printers", "printer")]
    [InlineData("SSO", "Single Sign-On")]
    [InlineData("a11y", "Accessibility")]
    [InlineData("Español", "espan\u0303ol")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Qualität", "qualitat")]
    [InlineData("Kafka", "\"Kafka\"")]
    [InlineData("Kafka", "'Kafka'")]
    [InlineData("Kafka", "`Kafka`")]
    [InlineData("Kafka", "Ka\u0300fka\u036F")]
    [InlineData("Kafka", "Ka\u200Bfk\u200Da")]
    [InlineData("a!b~c", "a！b～c")]
    public void Two_spellings_of_one_skill_have_one_key(string one, string other)
    {
        Assert.Equal(SkillName.Canonical(one), SkillName.Canonical(other));
    }

    [Theory]
    [InlineData("Java", "JavaScript")]
    [InlineData("C", "C++")]
    [InlineData("C", "C#")]
    [InlineData("C", "CSS")]
    [InlineData("C++", "C#")]
    [InlineData("C#", "F#")]
    [InlineData("R", "Rust")]
    [InlineData("R", "Ruby")]
    [InlineData("Go", "Google Cloud")]
    [InlineData(".NET", "networking")]
    [InlineData("React", "React Native")]
    [InlineData("SQL", "MySQL")]
    [InlineData("SQL", "PostgreSQL")]
    [InlineData("Swift", "SWIFT payments")]
    [InlineData("Git", "GitHub Actions")]
    [InlineData("Office 365", "Office furniture")]
    [InlineData("TypeScript", "JavaScript")]
    [InlineData("Docker", "Kubernetes")]
    [InlineData("Excel", "Excellence")]
    public void Different_skills_have_different_keys(string one, string other)
    {
        Assert.NotEqual(SkillName.Canonical(one), SkillName.Canonical(other));
    }

    [Theory]
    [InlineData("C++", "c++")]
    [InlineData("c#", "c#")]
    [InlineData("F#", "f#")]
    [InlineData(".Net", ".net")]
    [InlineData("Node.js", "node.js")]
    [InlineData("CI/CD", "ci/cd")]
    [InlineData("R", "r")]
    [InlineData("Go.", "go")]
    public void Punctuation_that_belongs_to_a_name_stays(string name, string key)
    {
        Assert.Equal(key, SkillName.Canonical(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("--- ,;")]
    public void Nothing_has_an_empty_key(string name)
    {
        Assert.Equal("", SkillName.Canonical(name));
    }

    [Theory]
    [InlineData("  React  Native ", "React Native")]
    [InlineData("C++", "C++")]
    [InlineData("データ分析", "データ分析")]
    [InlineData("a\u00A0b", "a b")]
    public void A_typed_skill_is_trimmed_and_collapsed(string raw, string expected)
    {
        Assert.True(SkillName.TryClean(raw, out var cleaned));
        Assert.Equal(expected, cleaned);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("\u007F")]
    [InlineData("...")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public void A_typed_skill_that_is_none_is_refused(string? raw)
    {
        Assert.False(SkillName.TryClean(raw, out _));
    }

    [Fact]
    public void Sixty_characters_are_enough_and_allowed()
    {
        Assert.True(SkillName.TryClean(new string('x', SkillName.MaxLength), out _));
    }
}
