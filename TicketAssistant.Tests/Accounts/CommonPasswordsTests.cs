using TicketAssistant.Functions.Accounts;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password1!")]
    [InlineData("P@ssw0rd")]
    [InlineData("passw0rd2026")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("qwertyuiop")]
    [InlineData("1qaz2wsx")]
    [InlineData("aaaaaaaa")]
    [InlineData("abababab")]
    [InlineData("abcabcabc")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("qwertzuiop")]
    [InlineData("ghjklyxc")]
    [InlineData("azertyui")]
    [InlineData("defghijk")]
    [InlineData("3edc4rfv")]
    [InlineData("1q2w3e4r")]
    [InlineData("q1w2e3r4")]
    [InlineData("23456789")]
    [InlineData("~password~")]
    [InlineData("Summer2026!")]
    [InlineData("trustno1")]
    [InlineData("letmein!!!!")]
    [InlineData("admin123")]
    [InlineData("iloveyou2")]
    [InlineData("!!dragon!!")]
    [InlineData("ann.long@example.org")]
    [InlineData("Ann.Long")]
    public void What_anybody_would_guess_first_is_refused(string password) =>
        Assert.Contains("guess", NewPassword.Problem(password, "ann.long@example.org"), StringComparison.Ordinal);

    [Theory]
    [InlineData("long enough")]
    [InlineData("correct horse battery")]
    [InlineData("my password is a secret")]
    [InlineData("dragon and princess")]
    [InlineData("Xk29fqLw")]
    [InlineData("abcabcabcabcabca")]
    [InlineData("abcdabcd")]
    [InlineData("日本語パス")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaab")]
    public void Anything_else_that_fits_is_taken(string password) => Assert.Null(NewPassword.Problem(password, "ann.long@example.org"));

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public void The_length_is_looked_at_first(string password) => Assert.Contains("bytes", NewPassword.Problem(password, "a@example.org"), StringComparison.Ordinal);
}
