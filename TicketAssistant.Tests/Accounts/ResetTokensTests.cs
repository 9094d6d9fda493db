using System.Text;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class ResetTokensTests
{
    private static readonly JwtOptions Jwt = new(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1));
    private static readonly User Ann = new()
    {
        Id = Guid.CreateVersion7(),
        Email = "ann@example.org",
        Name = "Ann",
        PasswordHash = "$2a$04$one",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    private ResetTokens Tokens => new(Jwt, _time);

    [Fact]
    public void A_token_is_good_for_half_an_hour()
    {
        var token = Tokens.Issue(Ann, 1, _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.True(Tokens.IsGood(token, Ann));
        Assert.False(Tokens.IsTooLate(_time.GetUtcNow().AddMinutes(-29)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Tokens.IsGood(token, Ann));
        Assert.True(Tokens.IsTooLate(_time.GetUtcNow().AddMinutes(-30)));
    }

    [Fact]
    public void A_token_is_good_for_one_account_with_the_password_and_address_that_it_has_now()
    {
        var token = Tokens.Issue(Ann, 1, _time.GetUtcNow());
        Assert.Equal(Ann.Id, SignedToken.UserOf(token));
        Assert.False(Tokens.IsGood(token, Ann with { PasswordHash = "$2a$04$two" }));
        Assert.False(Tokens.IsGood(token, Ann with { Email = "other@example.org" }));
        Assert.False(Tokens.IsGood(token, Ann with { Id = Guid.CreateVersion7() }));
        Assert.True(Tokens.IsGood(token, Ann with { TokenVersion = 9, Role = Role.Moderator }));
    }

    [Fact]
    public void Neither_another_kind_of_token_nor_another_key_nor_a_changed_one_is_good()
    {
        Assert.False(Tokens.IsGood(new ConfirmationTokens(Jwt, _time).Issue(Ann, 1, _time.GetUtcNow()), Ann));
        var otherKey = Jwt with { Secret = Encoding.UTF8.GetBytes(new string('x', 32)) };
        Assert.False(Tokens.IsGood(new ResetTokens(otherKey, _time).Issue(Ann, 1, _time.GetUtcNow()), Ann));
        var token = Tokens.Issue(Ann, 1, _time.GetUtcNow());
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.False(Tokens.IsGood(changed, Ann));
        }

        foreach (var nonsense in (string[])["", "x", new string('A', 96), token + "A", token[..^1]]) Assert.False(Tokens.IsGood(nonsense, Ann));
    }

    [Fact]
    public void A_token_with_any_other_character_anywhere_is_refused_and_nothing_else_happens()
    {
        var token = Tokens.Issue(Ann, 1, _time.GetUtcNow());
        Texts.Check(Gen.Zip(Gen.Choose(0, token.Length - 1), Gen.Elements<char>([.. "#+/=.% \0\né\ud83d\uffff"])), change =>
        {
            var (at, with) = change;
            var other = token[..at] + with + token[(at + 1)..];
            Assert.Null(SignedToken.UserOf(other));
            Assert.False(Tokens.IsGood(other, Ann));
        });
        Texts.Check(text => Assert.Null(SignedToken.UserOf(text.PadRight(token.Length, '#')[..token.Length])));
    }
}
