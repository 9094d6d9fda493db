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
}
