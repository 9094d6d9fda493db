using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class AnalysisValidatorTests
{
    private static readonly string[] Hostile =
    [
        "https://a.example", "http:", "//", "://", "www.", "[x](", ")", "](", "mailto:", "a@b.example", "@", "\u202E", "\uD800", "\0", "😀",
        "java", "script:", "<", "data:text/", " ", "\n", "x", ".",
    ];

    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0}\n")]
    [InlineData("```json\n{0}\n```")]
    [InlineData("```\n{0}```\n")]
    public void Whole_answer_is_read_bare_or_fenced(string frame)
    {
        var analysis = Valid(frame.Replace("{0}", FakeModelReply.Analysis("question", "LOW", "c++").ToJsonString(), StringComparison.Ordinal));

        Assert.Equal(TicketType.Question, analysis.Type);
        Assert.Equal(TicketPriority.Low, analysis.Priority);
        Assert.Equal(["C++"], analysis.RequiredSkills);
        Assert.Equal("en", analysis.Language);
        Assert.Equal("frustrated", analysis.Sentiment);
        Assert.Equal(0.9, analysis.Confidence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("Here you are: {}")]
    [InlineData("```json")]
    [InlineData("``````")]
    [InlineData("""{"type":"bug","type":"billing"}""")]
    public void Answer_that_is_not_one_object_is_a_problem(string answer) => Assert.Null(Read(answer).Analysis);

    [Theory]
    [InlineData("type", "\"outage\"", "type")]
    [InlineData("type", "\"1\"", "type")]
    [InlineData("type", "1", "type")]
    [InlineData("type", "null", "type")]
    [InlineData("type", "\"bug, billing\"", "type")]
    [InlineData("priority", "\"critical\"", "priority")]
    [InlineData("sentiment", "\"furious\"", "sentiment")]
    [InlineData("requiredSkills", "\"C++\"", "requiredSkills")]
    [InlineData("requiredSkills", "[1]", "requiredSkills")]
    [InlineData("confidence", "\"high\"", "confidence")]
    [InlineData("summary", "\" \"", "summary")]
    [InlineData("summary", "{}", "summary")]
    [InlineData("helpfulNotes", "null", "helpfulNotes")]
    [InlineData("reasoning", "[]", "reasoning")]
    public void Member_outside_its_closed_list_or_type_is_named(string member, string value, string named)
    {
        var answer = FakeModelReply.Analysis();
        answer[member] = JsonNode.Parse(value);

        var reading = Read(answer.ToJsonString());

        Assert.Null(reading.Analysis);
        Assert.Contains($"\"{named}\"", Assert.Single(reading.Problems));
    }

    [Theory]
    [InlineData("-3", 0.0)]
    [InlineData("7", 1.0)]
    [InlineData("1e400", 1.0)]
    [InlineData("0.25", 0.25)]
    public void Confidence_is_held_between_0_and_1(string value, double expected)
    {
        var answer = FakeModelReply.Analysis().ToJsonString().Replace("0.9", value, StringComparison.Ordinal);

        Assert.Equal(expected, Valid(answer).Confidence);
    }

    [Theory]
    [InlineData("\"DE\"", "de")]
    [InlineData("\"de-AT\"", null)]
    [InlineData("\"German\"", null)]
    [InlineData("7", null)]
    [InlineData("null", null)]
    public void Language_is_two_letters_or_left_out(string value, string? expected)
    {
        var answer = FakeModelReply.Analysis();
        answer["language"] = JsonNode.Parse(value);

        Assert.Equal(expected, Valid(answer.ToJsonString()).Language);
    }

    [Fact]
    public void Language_and_sentiment_may_be_missing()
    {
        var answer = FakeModelReply.Analysis();
        answer.Remove("language");
        answer.Remove("sentiment");

        var analysis = Valid(answer.ToJsonString());

        Assert.Null(analysis.Language);
        Assert.Null(analysis.Sentiment);
    }

    [Fact]
    public void Skills_take_the_moderators_spelling_once_each_and_free_ones_stay()
    {
        var analysis = Valid(FakeModelReply.Analysis(skills: ["k8s", "KUBERNETES", " Cobol\n ", "cobol", "", "c++"]).ToJsonString());

        Assert.Equal(["Kubernetes", "Cobol", "C++"], analysis.RequiredSkills);
    }

    [Fact]
    public void At_most_eight_skills_of_forty_characters_are_kept()
    {
        var skills = Enumerable.Range(0, 20).Select(i => $"{i} {new string('x', 100)}").ToArray();

        var kept = Valid(FakeModelReply.Analysis(skills: skills).ToJsonString()).RequiredSkills;

        Assert.Equal(8, kept.Count);
        Assert.All(kept, skill => Assert.Equal(40, skill.Length));
    }

    [Theory]
    [InlineData("See https://evil.example/x?y=1, then restart.", "See ‹link removed› then restart.")]
    [InlineData("See HTTP://EVIL.example", "See ‹link removed›")]
    [InlineData("See ftp://x and www.evil.example now", "See ‹link removed› and ‹link removed› now")]
    [InlineData("Press [here](https://evil.example) please", "Press [here] please")]
    [InlineData("Press [here](/admin)(x)", "Press [here] (x)")]
    [InlineData("![pixel](data:image/png;base64,AA)", "![pixel]")]
    [InlineData("Write to mailto:a@b.example or a.b+c@d.example!", "Write to ‹link removed› or ‹address removed›")]
    [InlineData("Run javascript:alert(1)", "Run ‹link removed›")]
    [InlineData("safe\u202Egnp.exe\u200B\0\u0007", "safegnp.exe")]
    [InlineData("ht\u200Btps://evil.example", "‹link removed›")]
    [InlineData("Check `List<T>` in C++ at root@db1, ratio 3:4", "Check `List<T>` in C++ at root@db1, ratio 3:4")]
    [InlineData("One\r\nTwo\u2028Three", "One\nTwo\nThree")]
    [InlineData("family 👩‍👩‍👧 می‌خواهم", "family 👩‍👩‍👧 می‌خواهم")]
    public void Notes_lose_links_addresses_and_what_cannot_be_seen(string notes, string expected)
    {
        var answer = FakeModelReply.Analysis();
        answer["helpfulNotes"] = notes;

        Assert.Equal(expected, Valid(answer.ToJsonString()).HelpfulNotes);
    }

    [Fact]
    public void Summary_is_one_line()
    {
        var answer = FakeModelReply.Analysis();
        answer["summary"] = "One\n\n  two\tthree";

        Assert.Equal("One two three", Valid(answer.ToJsonString()).Summary);
    }

    [Fact]
    public void Unknown_members_are_ignored()
    {
        var answer = FakeModelReply.Analysis();
        answer["assignedTo"] = "mallory@example.com";
        answer["role"] = new JsonObject { ["name"] = "admin" };

        Assert.NotNull(Valid(answer.ToJsonString()));
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_a_problem_and_not_an_exception()
    {
        Assert.Null(Read("{\"\uD800\":1}").Analysis);
        Assert.Null(Read(FakeModelReply.Analysis().ToJsonString().Replace("The invoice", "\\ud800", StringComparison.Ordinal)).Analysis);
        Assert.Null(Read("""{"\ud800":1}""").Analysis);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll<string?>(text => Read(text ?? "").Analysis is null).QuickCheckThrowOnFailure();

    [Fact]
    public void No_answer_with_hostile_texts_breaks_a_promise()
    {
        var texts = Gen.Elements(Hostile).ArrayOf().Resize(60).Select(parts => string.Concat(parts));
        var any = Gen.OneOf(texts, ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? ""));
        var answers =
            from reasoning in any
            from summary in any
            from notes in any
            from repeat in Gen.Choose(1, 200)
            from skills in any.ArrayOf()
            select Build("s" + summary, reasoning, string.Concat(Enumerable.Repeat(notes, repeat)), skills);

        Prop.ForAll(answers.ToArbitrary(), answer => KeepsItsPromises(Read(answer))).QuickCheckThrowOnFailure();

        static string Build(string summary, string reasoning, string notes, string[] skills)
        {
            var answer = FakeModelReply.Analysis(skills: skills);
            answer["summary"] = summary;
            answer["reasoning"] = reasoning;
            answer["helpfulNotes"] = notes;
            return answer.ToJsonString();
        }
    }

    private static bool KeepsItsPromises(AnalysisReading reading)
    {
        // An answer may be cleaned down to an empty summary; then there is a problem instead.
        if (reading.Analysis is not { } analysis) return reading.Problems.Count > 0;
        string[] texts = [analysis.Summary, analysis.Reasoning, analysis.HelpfulNotes, .. analysis.RequiredSkills];
        return analysis.Summary.Length is > 0 and <= 500
            && analysis.Reasoning.Length <= 1_000
            && analysis.HelpfulNotes.Length <= 4_000
            && analysis.RequiredSkills.Count <= 8
            && analysis.RequiredSkills.All(s => s.Length is > 0 and <= 40)
            && analysis.Confidence is >= 0 and <= 1
            && texts.All(t => !t.Contains("://", StringComparison.Ordinal)
                && !t.Contains("](", StringComparison.Ordinal)
                && !t.Contains("a@b.example", StringComparison.Ordinal)
                && !t.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
                && !t.Contains('\u202E', StringComparison.Ordinal));
    }

    private static TicketAnalysis Valid(string answer)
    {
        var reading = Read(answer);
        Assert.Empty(reading.Problems);
        return reading.Analysis!;
    }

    private static AnalysisReading Read(string answer) => AnalysisValidator.Read(answer, Skills.Canonical);
}
