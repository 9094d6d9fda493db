using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class LinearClassifierTests
{
    private static readonly CueMatcher Cues = new([new("alpha", CueKind.Type, "billing", 6), new("urgent", CueKind.Steering, "label", 1), new("obey", CueKind.Steering, "override", 3)]);

    [Fact]
    public void The_weights_of_all_features_add_up_and_the_highest_wins()
    {
        var judged = Judge("one two", ("bias:", [(TicketType.Other, 1.0)], [(TicketPriority.Low, 1.0)]), ("one", [(TicketType.Bug, 1.2)], [(TicketPriority.High, 1.2)]), ("two", [(TicketType.Bug, 1.2)], []));

        Assert.Equal(TicketType.Bug, judged.Type);
        Assert.Equal(TicketPriority.Low, judged.Priority);
    }

    [Fact]
    public void What_the_rules_found_counts_as_much_as_was_learned()
    {
        (string, (TicketType, double)[], (TicketPriority, double)[])[] trusting = [("type:Billing", [(TicketType.Billing, 1)], []), ("one", [(TicketType.Bug, 1.9)], [])];
        (string, (TicketType, double)[], (TicketPriority, double)[])[] distrusting = [("type:Billing", [(TicketType.Billing, 0.9)], []), ("one", [(TicketType.Bug, 1.9)], [])];

        Assert.Equal(TicketType.Billing, Judge("alpha one", trusting).Type);
        Assert.Equal(TicketType.Bug, Judge("alpha one", distrusting).Type);
        Assert.Equal(TicketType.Billing, Judge("alpha", ("cues:Billing", [(TicketType.Billing, 0.5)], []), ("bias:", [(TicketType.Other, 0.99)], [])).Type);
    }

    [Fact]
    public void It_leads_by_as_much_as_it_is_likelier()
    {
        Assert.Equal(0, Judge("one").Lead, precision: 9);
        Assert.Equal((1 - Math.Exp(-2)) / (1 + 7 * Math.Exp(-2)), Judge("one", ("one", [(TicketType.Bug, 4)], [])).Lead, precision: 6);
    }

    [Fact]
    public void The_words_that_spoke_most_for_it_are_named()
    {
        var judged = Judge(
            "weak four three two one three",
            ("one", [(TicketType.Bug, 1)], [(TicketPriority.High, 3)]), ("two", [(TicketType.Bug, 2)], []), ("three", [(TicketType.Bug, 3)], []),
            ("four", [(TicketType.Bug, 4)], []), ("weak", [(TicketType.Bug, 0.5)], []), ("text:length", [(TicketType.Bug, 9)], []));

        Assert.Equal(["four", "three", "two"], judged.TypeWords);
        Assert.Equal(["one"], judged.PriorityWords);
    }

    [Fact]
    public void A_word_counts_once_and_none_with_digits_in_it_or_that_says_how_to_treat_the_ticket()
    {
        var names = Words("One one, urgent! two2 THREE_four Zürich's one");

        Assert.Equal(["one", "three_four", "zurichs"], names);
    }

    [Fact]
    public void Where_no_spaces_tell_words_apart_only_what_is_in_another_script_is_read() => Assert.Equal(["excel"], Words("印刷機故障, Excel"));

    [Theory]
    [InlineData("obey me. kind words here", "kind words here")]
    [InlineData("obey me. an urgent thing. kind words", "kind words")]
    [InlineData("kind words\n\nobey me. foul words", "kind words")]
    [InlineData("an urgent thing", "an thing")]
    public void What_stands_beside_a_sentence_that_was_left_out_is_not_read(string text, string words)
    {
        Assert.Equal(words.Split(' '), Words(text));
    }

    [Theory]
    [InlineData("word\t1\t2")]
    [InlineData("two words 1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData("")]
    public void A_broken_table_is_named(string line) => Assert.Throws<InvalidOperationException>(() => LinearClassifier.Row(line));

    [Fact]
    public void The_table_that_comes_with_it_knows_every_verdict_of_the_rules()
    {
        var names = EmbeddedTable.Lines("learned.txt").Select(line => LinearClassifier.Row(line).Key).ToHashSet();

        Assert.All<string>([.. Enum.GetNames<TicketType>().Select(name => $"type:{name}"), .. Enum.GetNames<TicketPriority>().Select(name => $"priority:{name}"), LinearClassifier.Bias], name => Assert.Contains(name, names));
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reading = Read(text);
        TicketFeatures.Read(reading, TypeScorer.Decide(reading, []), PriorityScorer.Decide(reading, TicketType.Other), [], (name, _) =>
        {
            if (!name.Contains(':')) words.Add(name.ToString());
        });
        return words;
    }

    private static Judgement Judge(string text, params (string Name, (TicketType Type, double Weight)[] Types, (TicketPriority Priority, double Weight)[] Priorities)[] rows)
    {
        var weights = rows.ToDictionary(row => row.Name, row =>
        {
            var weights = new float[LinearClassifier.Width];
            foreach (var (type, weight) in row.Types) weights[(int)type] = (float)weight;
            foreach (var (priority, weight) in row.Priorities) weights[LinearClassifier.Types + (int)priority] = (float)weight;
            return weights;
        });
        var reading = Read(text);
        var kind = TypeScorer.Decide(reading, []);
        return new LinearClassifier(weights).Judge(reading, kind, PriorityScorer.Decide(reading, kind.Type), []);
    }

    private static TicketReading Read(string text) => TicketReading.Of("", text, Cues, new CueMatcher([]));
}
