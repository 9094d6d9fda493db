using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class CueTablesTests
{
    [Fact]
    public void Symptoms_stand_under_canonical_skills()
    {
        Assert.All(CueFile.Read("symptoms.txt", CueKind.Symptom).Select(cue => cue.Section).Distinct(), AssertCanonical);
    }

    [Fact]
    public void Neighbours_are_canonical_skills()
    {
        Assert.All(WeightTable.Read("related.txt"), row =>
        {
            AssertCanonical(row.Key);
            Assert.All(row.Value, neighbour => AssertCanonical(neighbour.Name));
        });
    }

    [Fact]
    public void Rivals_are_canonical_skills()
    {
        Assert.All(EmbeddedTable.Lines("rivals.txt").SelectMany(line => line.Split('|', StringSplitOptions.TrimEntries)), AssertCanonical);
    }

    [Fact]
    public void Kinds_are_given_to_canonical_skills()
    {
        Assert.All(WeightTable.Read("skill-types.txt").Values.SelectMany(row => row), entry => AssertCanonical(entry.Name));
    }

    [Fact]
    public void Look_alikes_are_names_that_skills_have()
    {
        var names = SkillMentions.Known(SkillAliases.Default).Select(cue => cue.Phrase).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.All(
            CueFile.Read("lookalikes.txt", CueKind.Context).Where(cue => cue.Section != "followed by").Select(cue => cue.Section is "never alone" or "foreign" or "tool" ? cue.Phrase : cue.Section).Distinct(),
            name => Assert.Contains(SkillName.Normalize(name), names));
    }

    [Fact]
    public void Checks_are_for_canonical_skills()
    {
        Assert.All(
            EmbeddedTable.Lines("notes.txt").Where(line => line.StartsWith("check.", StringComparison.Ordinal)).Select(line => line.Split(" = ")[0]["check.".Length..]),
            AssertCanonical);
    }

    private static void AssertCanonical(string name) => Assert.Equal(name, SkillName.Canonical(name));
}
