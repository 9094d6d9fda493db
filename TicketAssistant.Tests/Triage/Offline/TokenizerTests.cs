using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class TokenizerTests
{
    [Fact]
    public void Every_position_maps_back_to_the_original()
    {
        var text = Tokenizer.Read("Straße", "“Éé”  can't\n\nﬁn… C＃");

        Assert.Equal(text.Text.Length, text.Map.Length);
        Assert.All(text.Map, position => Assert.InRange(position, 0, text.Original.Length - 1));
        Assert.Contains("strasse", text.Text, StringComparison.Ordinal);
        Assert.Contains("cant", text.Text, StringComparison.Ordinal);
        Assert.Contains("c#", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_end_at_marks_lines_and_the_title()
    {
        var text = Tokenizer.Read("Title", "One. Two!\nThree\n\nFour");

        Assert.Equal(["title", "one.", "two!", "three", "four"], text.Sentences.Select(s => text.Text[s.Start..s.End].Trim()));
        Assert.Equal([true, false, false, false, false], text.Sentences.Select(s => s.IsTitle));
    }

    [Fact]
    public void A_line_that_a_mail_program_wrapped_goes_on()
    {
        var text = Tokenizer.Read("T", "This line is long enough to have been wrapped by a mail program\nand goes on here.");

        Assert.Equal(2, text.Sentences.Count);
    }

    [Fact]
    public void Mark_up_of_mails_is_left_out_but_a_script_that_is_reported_stays()
    {
        Assert.DoesNotContain("div", Tokenizer.Read("t", "<div style=\"x\"><p>Hello&nbsp;there</p></div>").Text, StringComparison.Ordinal);
        Assert.Contains("script", Tokenizer.Read("t", "my comment <script>alert(1)</script> runs").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_line_begins_a_paragraph_and_the_title_is_one_of_its_own()
    {
        var sentences = Tokenizer.Read("Title", "one\ntwo. three\n\nfour\n \nfive").Sentences;

        Assert.Equal([true, false, false, false, false, false], sentences.Select(sentence => sentence.IsTitle));
        Assert.Equal([0, 1, 1, 1, 2, 3], sentences.Select(sentence => sentence.Paragraph));
    }
}
