using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class TextLimitTests
{
    [Theory]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abc def", 5, "abc…")]
    [InlineData("abc🔥f", 5, "abc…")]
    [InlineData("ab🔥ef", 5, "ab🔥…")]
    public void What_is_too_long_is_cut_between_characters(string text, int length, string cut)
    {
        Assert.Equal(cut, TextLimit.Cut(text, length));
    }

    [Theory]
    [InlineData("  a \t\r\n b\0c  ", "a b c")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void One_line_has_no_breaks_no_control_characters_and_single_spaces(string text, string line)
    {
        Assert.Equal(line, TextLimit.OneLine(text));
    }
}
