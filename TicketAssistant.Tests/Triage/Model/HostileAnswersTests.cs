using System.Text.RegularExpressions;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

/// <summary>Whatever the server answers, only closed lists, skills and clean, capped text leave the validator.</summary>
public sealed partial class HostileAnswersTests
{
    [Theory]
    [MemberData(nameof(HostileAnswers.Names), MemberType = typeof(HostileAnswers))]
    public async Task Nothing_hostile_leaves_the_validator(string name)
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Otherwise = _ => FakeModelReply.Answer(HostileAnswers.All[name]);

        var outcome = await bench.AskAsync();

        // Unusable, after one repair that fares the same; or an analysis without what was hostile in it.
        if (outcome is ModelOutcome.Refused refused)
        {
            Assert.Contains("malformed answer after one repair", refused.Reason, StringComparison.Ordinal);
            Assert.Equal(2, bench.Server.Requests.Count);
            return;
        }

        var analysis = Assert.IsType<ModelOutcome.Succeeded>(outcome).Analysis;
        Assert.Single(bench.Server.Requests);
        Assert.InRange(analysis.Summary.Length, 1, 500);
        Assert.InRange(analysis.Reasoning.Length, 0, 1_000);
        Assert.InRange(analysis.HelpfulNotes.Length, 0, 4_000);
        Assert.InRange(analysis.RequiredSkills.Count, 0, 8);
        Assert.InRange(analysis.Confidence, 0, 1);
        Assert.All(analysis.RequiredSkills, skill => Assert.InRange(skill.Length, 1, 40));
        Assert.DoesNotContain('\n', analysis.Summary);
        Assert.All(Texts(analysis), text =>
        {
            Assert.False(Dangerous().IsMatch(text), $"{name}: {text}");
            Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\t');
        });
    }

    [Fact]
    public async Task A_skill_that_nobody_has_matches_nobody()
    {
        await using var bench = await ModelBench.StartAsync(
            FakeModelReply.Good("bug", "high", ".*", "/.*/", "*", "admin", "C", "Кubernetes", "Kubernetes\u200B"));

        var analysis = Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync()).Analysis;

        // The last one only looked hostile: without what cannot be seen it is the moderators' own.
        Assert.Equal([".*", "/.*/", "*", "admin", "C", "Кubernetes", "Kubernetes"], analysis.RequiredSkills);
        Assert.Equal(["Kubernetes"], analysis.RequiredSkills.Where(skill => Skills.Names.Contains(skill)));
    }

    private static IEnumerable<string> Texts(TicketAnalysis analysis) =>
        [analysis.Summary, analysis.Reasoning, analysis.HelpfulNotes, analysis.Language ?? "", analysis.Sentiment ?? "", .. analysis.RequiredSkills];

    // Addresses, links, markdown targets, elements, and what turns or hides text.
    [GeneratedRegex(@"\w[@＠]\w|://|www\.|javascript:|data:text|evil|\]\(|<[a-z/!?]|[\u202A-\u202E\u2066-\u2069\u200B\u200F\u00AD]|\uDB40", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Dangerous();
}
