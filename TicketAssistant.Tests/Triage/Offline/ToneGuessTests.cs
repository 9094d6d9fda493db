using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class ToneGuessTests
{
    [Theory]
    [InlineData("", "calm")]
    [InlineData("slip", "calm")]
    [InlineData("pity", "frustrated")]
    [InlineData("slip slip", "frustrated")]
    [InlineData("pity pity pity", "frustrated")]
    [InlineData("cross", "calm")]
    [InlineData("cross slip", "frustrated")]
    [InlineData("cross cross", "angry")]
    [InlineData("really!!", "calm")]
    [InlineData("really!! now!!", "frustrated")]
    [InlineData("really!! now!! come!! on!!", "frustrated")]
    [InlineData("really!! now!! what??", "angry")]
    [InlineData("slip!!", "frustrated")]
    public void Words_and_marks_add_up(string text, string tone)
    {
        Assert.Equal(tone, Of(text));
    }

    [Theory]
    [InlineData("PLEASE HELP", "calm")]
    [InlineData("PLEASE HELP THEM NOWW ", "frustrated")]
    [InlineData("GIVE BACK THAT DISK, THEN COME ALONG, WILL YOUU ", "angry")]
    [InlineData("THE API IS OUT OF RAM AND CPU, SSL TOO ", "calm")]
    [InlineData("ERROR_CODE HTTP/2 LONG-run JSON.net YAML/x SOAP_x XSLT-x ", "calm")]
    [InlineData("JSONify XMLhttp HTMLtag YAMLdoc GIVEbk BACKup ", "calm")]
    [InlineData("1GIVE 2BACK 3THAT 4DISK 5THEN 6COME ", "calm")]
    public void Words_in_capitals_are_loud_but_no_names_and_abbreviations(string text, string tone)
    {
        Assert.Equal(tone, Of(text));
    }

    private static string Of(string text)
    {
        Cue[] cues = [Tone("slip", "frustrated", 0.5), Tone("pity", "frustrated", 1), Tone("cross", "angry", 0.75), Tone("pleased", "happy", 5)];
        return ToneGuess.Of(TicketReading.Of("", text, new CueMatcher(cues), new CueMatcher([])));
    }

    private static Cue Tone(string phrase, string section, double weight) => new(phrase, CueKind.Tone, section, weight);
}
