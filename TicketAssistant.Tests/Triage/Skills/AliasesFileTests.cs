using FsCheck;
using FsCheck.Fluent;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class AliasesFileTests
{
    [Fact]
    public void A_teams_own_names_lead_to_known_and_new_skills()
    {
        var table = SkillAliases.Default.With(AliasesFile.Parse(["// our words", "", "K8s = Big Ship", "warp drive = flux, Flux Compensator"]));

        Assert.Equal("kubernetes", table.Canonical("big ship"));
        Assert.Equal("warp drive", table.Canonical("flux compensator"));
        Assert.Equal("warp drive", table.Canonical("warp drive"));
        Assert.Equal("javascript", table.Canonical("js"));
    }

    [Fact]
    public void A_teams_own_word_goes_before_the_apps()
    {
        Assert.Equal("apache spark", SkillAliases.Default.Canonical("spark"));
        Assert.Equal("adobe spark", SkillAliases.Default.With(AliasesFile.Parse(["adobe spark = spark"])).Canonical("spark"));
    }

    [Fact]
    public void A_teams_own_cues_are_found_with_any_ending()
    {
        var table = SkillAliases.Default.With(AliasesFile.Parse(["K8s ~ cargo bay*, red alert"]));
        var matcher = new CueMatcher(table.Cues);

        Assert.All(matcher.Find("the cargo bays are full, red alert"), match => Assert.Equal("kubernetes", match.Cue.Section));
        Assert.Equal(2, matcher.Find("the cargo bays are full, red alert").Count);
    }

    [Theory]
    [InlineData("just words", "line 2")]
    [InlineData("a = b,,c", "line 2")]
    [InlineData(" = b", "line 2")]
    [InlineData("a = b*", "line 2")]
    [InlineData("!! = b", "line 2")]
    [InlineData("other = first", "line 2")]
    public void A_malformed_line_is_named(string line, string named)
    {
        var error = Assert.Throws<SettingException>(() => AliasesFile.Parse(["one = first", line]));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("Triage__AliasesFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_clear_error()
    {
        var error = Assert.Throws<SettingException>(() => AliasesFile.Read(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.txt")));

        Assert.Contains("can't be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_mebibyte_is_read_and_a_larger_one_refused()
    {
        using var folder = new TempFolder();
        var path = folder.File("words.txt");
        var words = "K8s = big ship\n";
        File.WriteAllText(path, words + new string(' ', (1 << 20) - words.Length));
        Assert.Equal([("kubernetes", "big ship")], AliasesFile.Read(path).Aliases.Select(alias => (SkillAliases.Default.Canonical(alias.Name), alias.Alias)));

        File.AppendAllText(path, " ");
        Assert.Contains("larger than 1048576 bytes", Assert.Throws<SettingException>(() => AliasesFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_name_may_be_given_twice_to_one_skill_and_a_new_skill_knows_its_own_name()
    {
        var table = SkillAliases.Default.With(AliasesFile.Parse(["warp drive = flux", "warp drive = flux, flux two"]));

        Assert.Equal(["flux", "flux two", "warp drive"], table.NamesOf("warp drive"));
    }

    [Fact]
    public void Any_name_has_a_key_that_is_its_own_key()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var key = SkillName.Canonical(text ?? "");
            Assert.Equal(key, SkillName.Canonical(key));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_line_is_read_or_refused_by_its_number()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var line = (text ?? "").ReplaceLineEndings(" ");
            try
            {
                AliasesFile.Parse([line]);
            }
            catch (SettingException e)
            {
                Assert.Contains("line 1", e.Message, StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
    }
}
