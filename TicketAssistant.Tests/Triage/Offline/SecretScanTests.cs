using TicketAssistant.Functions.Triage.Offline;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class SecretScanTests
{
    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("card 4111 1111 1111 1111, valid", true)]
    [InlineData("card 4111-1111-1111-1111", true)]
    [InlineData("(5500000000000004)", true)]
    [InlineData("4222222222222", true)] // 13 digits
    [InlineData("6304000000000000000", true)] // 19 digits
    [InlineData("4111111111111112", false)]
    [InlineData("0000000000000000", false)]
    [InlineData("400000000006", false)] // 12 digits whose check digit fits
    [InlineData("63040000000000000000", false)] // 20 digits
    [InlineData("4111,1111,1111,1111", false)]
    [InlineData("order 4111111111111112 of 17 pieces", false)]
    [InlineData("no. 17, then 4111111111111111", true)]
    [InlineData("Password: hunter2", true)]
    [InlineData("my password is hunter2", true)]
    [InlineData("pwd:x", true)]
    [InlineData("IBAN: DE00", true)]
    [InlineData("the CVC does not fit", true)]
    [InlineData("I forgot my password", false)]
    [InlineData("", false)]
    public void Card_numbers_and_labelled_secrets_are_noticed(string text, bool holds)
    {
        Assert.Equal(holds, SecretScan.HoldsSecrets(Tokenizer.Read("Hello", text)));
    }
}
