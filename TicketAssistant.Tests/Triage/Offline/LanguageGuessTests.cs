using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("Принтер не печатает", "ru")]
    [InlineData("الطابعة لا تعمل", "ar")]
    [InlineData("המדפסת לא עובדת", "he")]
    [InlineData("Ο εκτυπωτής δεν λειτουργεί", "el")]
    [InlineData("เครื่องพิมพ์ไม่ทำงาน", "th")]
    [InlineData("打印机无法工作", "zh")]
    [InlineData("프린터가 작동하지 않습니다", "ko")]
    [InlineData("प्रिंटर काम नहीं कर रहा", "hi")]
    [InlineData("プリンター", "ja")]
    [InlineData("印刷機故障の件", "ja")]
    [InlineData("印刷", null)]
    [InlineData("印刷機障", "zh")]
    [InlineData("the printer and the screen do not work, 印刷機障", "zh")]
    [InlineData("the printer and the screen do not work, 印刷", "en")]
    [InlineData("der Drucker und der Bildschirm gehen nicht", "de")]
    [InlineData("(the) printer;and:not!", "en")]
    [InlineData("xyzzy plugh", null)]
    [InlineData("", null)]
    public void Script_or_small_words_tell(string text, string? language)
    {
        var ticket = Tokenizer.Read("", text);

        Assert.Equal(language, LanguageGuess.Of(ticket, new bool[ticket.Sentences.Count]));
    }

    [Fact]
    public void A_sentence_that_was_left_out_has_no_vote()
    {
        var ticket = Tokenizer.Read("der Drucker und der Bildschirm gehen nicht", "the printer and the screen do not work");

        Assert.Equal("en", LanguageGuess.Of(ticket, [true, false]));
        Assert.Equal("de", LanguageGuess.Of(ticket, [false, true]));
        Assert.Null(LanguageGuess.Of(ticket, [true, true]));
    }
}
