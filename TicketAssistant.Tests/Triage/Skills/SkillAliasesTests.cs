using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillAliasesTests
{
    [Fact]
    public void Every_name_of_the_built_in_table_leads_to_a_key_that_is_its_own()
    {
        foreach (var (_, canonical) in SkillAliases.Default.Names)
            Assert.Equal(canonical, SkillAliases.Default.Canonical(canonical));
    }

    [Fact]
    public void An_alias_for_two_skills_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => SkillAliases.Parse(["javascript = js", "json schema = js"]));

        Assert.Contains("'js'", error.Message, StringComparison.Ordinal);
        Assert.Contains("json schema", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_other_names_is_a_skill_that_the_table_knows()
    {
        var table = SkillAliases.Parse(["ruby", "go = golang | go lang", "perl"]);

        Assert.True(table.Knows("ruby"));
        Assert.True(table.Knows("perl"));
        Assert.False(table.Knows("rust"));
        Assert.Equal(["go", "go lang", "golang"], table.NamesOf("go"));
        Assert.Equal(["rust"], table.NamesOf("rust"));
    }

    [Fact]
    public void The_same_name_twice_for_one_skill_is_no_contradiction()
    {
        Assert.Equal("go", SkillAliases.Parse(["go = golang | GoLang"]).Canonical("golang"));
    }

    [Theory]
    [InlineData("tls/ssl", "tls")]
    [InlineData("/ssl", "tls")]
    [InlineData("ssl & tls", "tls")]
    [InlineData("tls/kafka", "tls/kafka")]
    [InlineData("kafka/tls/ssl", "kafka/tls/ssl")]
    [InlineData("tls/ssl/kafka", "tls/ssl/kafka")]
    [InlineData("tls/unheard of", "tls/unheard of")]
    [InlineData("unheard of/tls", "unheard of/tls")]
    [InlineData("/", "/")]
    [InlineData("unheard of", "unheard of")]
    public void A_name_made_of_names_of_one_skill_is_that_skill(string name, string canonical)
    {
        var table = SkillAliases.Parse(["tls = ssl", "kafka"]);

        Assert.Equal(canonical, table.Canonical(name));
    }
}
