using FsCheck.Fluent;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class TokenizerPropertyTests
{
    [Fact]
    public void Any_ticket_becomes_sentences_in_order_that_point_back_into_it() => Texts.Check(Gen.Zip(Texts.Any, Texts.Any), ticket =>
    {
        // A title is one line by the time it comes here.
        var read = Tokenizer.Read(ticket.Item1.ReplaceLineEndings(" "), ticket.Item2);

        Assert.Equal(read.Text.Length, read.Map.Length);
        Assert.All(read.Map, at => Assert.InRange(at, 0, read.Original.Length - 1));
        Assert.Equal(read.Map.Order(), read.Map);
        Assert.DoesNotContain("  ", read.Text, StringComparison.Ordinal);
        var end = 0;
        foreach (var sentence in read.Sentences)
        {
            Assert.InRange(sentence.Start, end, sentence.End - 1);
            Assert.InRange(sentence.End, sentence.Start + 1, read.Text.Length);
            end = sentence.End;
        }
    });

    [Fact]
    public void The_same_text_is_read_the_same() => Texts.Check(text =>
    {
        var (first, second) = (Tokenizer.Read("t", text), Tokenizer.Read("t", text));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Sentences, second.Sentences);
    });
}
