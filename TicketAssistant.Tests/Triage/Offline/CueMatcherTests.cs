using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class CueMatcherTests
{
    [Theory]
    [InlineData("c", "we use C here", true)]
    [InlineData("c", "we use C++ here", false)]
    [InlineData("c", "we use C# here", false)]
    [InlineData("c++", "we use C++.", true)]
    [InlineData(".net", "runs on .NET 8", true)]
    [InlineData("node.js", "Node.js!", true)]
    [InlineData("java", "javascript", false)]
    [InlineData("ci/cd", "our CI/CD, since noon", true)]
    [InlineData("wi fi", "no Wi-Fi", true)]
    [InlineData("cant log in", "I can't log-in", true)]
    [InlineData("refund*", "two refunds", true)]
    [InlineData("refund*", "prerefund", false)]
    [InlineData("charged .. twice", "charged my card twice", true)]
    [InlineData("charged .. twice", "charged. It rang twice", false)]
    [InlineData("charged .. twice", "charged one two three four five twice", false)]
    [InlineData("delete .. account", "delete my (old) account", true)]
    [InlineData("all customers down", "all, customers (down", true)]
    [InlineData("パスワード", "新しいパスワードを忘れた", true)]
    [InlineData("注文 .. 失敗", "注文が三回も失敗", true)]
    [InlineData("注文 .. 失敗", "注文一二三四五六七八失敗", true)]
    [InlineData("注文 .. 失敗", "注文一二三四五六七八九失敗", false)]
    [InlineData("charged .. twice", "charged one two three four twice", true)]
    [InlineData("charged .. twice", "charged", false)]
    [InlineData("factura", "la Factúra nueva", true)]
    public void A_cue_matches_whole_words_only(string phrase, string text, bool expected)
    {
        var matcher = new CueMatcher([new Cue(phrase, CueKind.Type, "x", 1)]);

        Assert.Equal(expected, matcher.Find(Tokenizer.Read("", text).Text).Count > 0);
    }

    [Fact]
    public void Many_cues_that_begin_with_letters_of_any_script_are_all_found()
    {
        string[] words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "яблоко", "жираф", "カナ"];
        var matcher = new CueMatcher(words.Select(word => new Cue(word, CueKind.Type, word, 1)));

        Assert.Equal(words, matcher.Find(Tokenizer.Read("", string.Join(", ", words)).Text).Select(match => match.Cue.Section));
    }
}
