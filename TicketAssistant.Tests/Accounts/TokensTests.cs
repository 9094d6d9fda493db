using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Settings;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class TokensTests
{
    private static readonly JwtOptions Options = new(Encoding.UTF8.GetBytes(new string('s', 32)), "iss", "aud", TimeSpan.FromMinutes(60));

    private static readonly byte[] New = Encoding.UTF8.GetBytes(new string('n', 32));

    private static readonly User Ann = new()
    {
        Id = Guid.CreateVersion7(),
        Email = "ann@example.org",
        Name = "Ann",
        PasswordHash = "",
        TokenVersion = 7,
        Role = Role.Admin,
        CreatedAt = default,
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly Tokens _tokens;

    public TokensTests() => _tokens = new Tokens(Options, _time);

    [Fact]
    public void A_token_says_who_and_which_generation_and_nothing_of_the_role()
    {
        var (token, expiresAt) = _tokens.Issue(Ann);

        Assert.Equal(new TokenIdentity(Ann.Id, 7), _tokens.Validate(token));
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 4, 4, 5, TimeSpan.Zero), expiresAt);
        var payload = Encoding.UTF8.GetString(Decode(token.Split('.')[1]));
        Assert.DoesNotContain("admin", payload, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"ver\":7", payload, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_expires_after_its_lifetime_and_half_a_minute()
    {
        var (token, expiresAt) = _tokens.Issue(Ann);

        _time.SetUtcNow(expiresAt.AddSeconds(29));
        Assert.NotNull(_tokens.Validate(token));
        _time.SetUtcNow(expiresAt.AddSeconds(31));
        Assert.Null(_tokens.Validate(token));
    }

    [Fact]
    public void A_token_of_another_secret_issuer_or_audience_is_refused()
    {
        Assert.Null(_tokens.Validate(IssuedBy(Options with { Secret = Encoding.UTF8.GetBytes(new string('t', 32)) })));
        Assert.Null(_tokens.Validate(IssuedBy(Options with { Issuer = "other" })));
        Assert.Null(_tokens.Validate(IssuedBy(Options with { Audience = "other" })));
        Assert.NotNull(_tokens.Validate(IssuedBy(Options)));

        string IssuedBy(JwtOptions options) => new Tokens(options, _time).Issue(Ann).Token;
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    public void Another_algorithm_is_refused_even_with_our_secret(string algorithm)
    {
        Assert.NotNull(_tokens.Validate(Sign("HS256", Payload(), HMACSHA256.HashData)));

        Assert.Null(_tokens.Validate(Sign(algorithm, Payload(), algorithm switch
        {
            "HS384" => HMACSHA384.HashData,
            "HS512" => HMACSHA512.HashData,
            "RS256" => HMACSHA256.HashData, // a public key mistaken for a secret
            _ => (_, _) => [],
        })));
    }

    [Fact]
    public void A_tampered_token_is_refused()
    {
        var parts = _tokens.Issue(Ann).Token.Split('.');
        var forged = Encode(Encoding.UTF8.GetString(Decode(parts[1])).Replace("\"ver\":7", "\"ver\":8", StringComparison.Ordinal));

        Assert.Null(_tokens.Validate($"{parts[0]}.{forged}.{parts[2]}"));
        Assert.Null(_tokens.Validate($"{parts[0]}.{parts[1]}."));
        Assert.Null(_tokens.Validate($"{parts[0]}.{parts[1]}"));
    }

    [Fact]
    public void A_signed_token_without_expiry_subject_or_generation_is_refused()
    {
        foreach (var claim in new[] { "exp", "sub", "ver" })
        {
            var payload = Payload();
            payload.Remove(claim);
            Assert.Null(_tokens.Validate(Sign("HS256", payload, HMACSHA256.HashData)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("not a token")]
    [InlineData("a.b.c.d.e")]
    public void What_is_no_token_is_refused(string text) => Assert.Null(_tokens.Validate(text));

    [Fact]
    public void A_huge_token_is_refused() => Assert.Null(_tokens.Validate(new string('a', 1_000_000)));

    [Fact]
    public void The_secret_is_changed_without_a_token_being_refused_by_an_instance_that_is_a_step_ahead_or_behind()
    {
        var old = Options;
        var coming = Options with { PreviousSecret = New }; // step 1: the new one is taken, the old one signs
        var changed = Options with { Secret = New, PreviousSecret = Options.Secret }; // step 2: the new one signs
        var done = Options with { Secret = New }; // step 3

        Assert.True(Takes(old, coming) && Takes(coming, old));
        Assert.True(Takes(coming, changed) && Takes(changed, coming));
        Assert.True(Takes(changed, done) && Takes(done, changed));
        Assert.False(Takes(done, old), "the old secret has been retired");
        Assert.False(Takes(old, changed), "a step was left out");

        bool Takes(JwtOptions by, JwtOptions issuer) => new Tokens(by, _time).Validate(new Tokens(issuer, _time).Issue(Ann).Token) is not null;
    }

    [Fact]
    public void A_tampered_token_is_refused_under_both_secrets()
    {
        var both = new Tokens(Options with { Secret = New, PreviousSecret = Options.Secret }, _time);
        var third = new Tokens(Options with { Secret = Encoding.UTF8.GetBytes(new string('x', 32)) }, _time);
        var parts = _tokens.Issue(Ann).Token.Split('.');
        var forged = Encode(Encoding.UTF8.GetString(Decode(parts[1])).Replace("\"ver\":7", "\"ver\":8", StringComparison.Ordinal));

        Assert.Null(both.Validate(third.Issue(Ann).Token));
        Assert.Null(both.Validate($"{parts[0]}.{forged}.{parts[2]}"));
        Assert.Null(both.Validate($"{parts[0]}.{parts[1]}."));
    }

    [Fact]
    public void Links_that_confirm_an_address_outlive_a_change_of_the_secret_while_the_old_one_is_taken()
    {
        var link = new ConfirmationTokens(Options, _time).Issue(Ann, welcome: 1, _time.GetUtcNow());

        Assert.True(new ConfirmationTokens(Options with { Secret = New, PreviousSecret = Options.Secret }, _time).IsGood(link, Ann));
        Assert.False(new ConfirmationTokens(Options with { Secret = New }, _time).IsGood(link, Ann));
    }

    [Fact]
    public void A_missing_or_short_secret_is_named_and_not_shown()
    {
        Assert.Equal("Jwt__Secret", Assert.Throws<SettingException>(() => Read(null)).Setting);
        var refusal = Assert.Throws<SettingException>(() => Read("short-secret"));
        Assert.DoesNotContain("short-secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Read(new string('s', 32), new string('p', 32)).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(Read(new string('s', 32)).PreviousSecret);
        Assert.Equal(Encoding.UTF8.GetBytes(new string('p', 32)), Read(new string('s', 32), new string('p', 32)).PreviousSecret);
        var shortPrevious = Assert.Throws<SettingException>(() => Read(new string('s', 32), "short-secret"));
        Assert.Equal("Jwt__PreviousSecret", shortPrevious.Setting);
        Assert.DoesNotContain("short-secret", shortPrevious.Message, StringComparison.Ordinal);

        static JwtOptions Read(string? secret, string? previous = null) => JwtOptions.Read(
            new ConfigurationBuilder().AddInMemoryCollection([new("Jwt:Secret", secret), new("Jwt:PreviousSecret", previous)]).Build());
    }

    private Dictionary<string, object> Payload() => new()
    {
        ["sub"] = Ann.Id.ToString(),
        ["ver"] = 7,
        ["iss"] = "iss",
        ["aud"] = "aud",
        ["exp"] = _time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
    };

    private static string Sign(string algorithm, Dictionary<string, object> payload, Func<byte[], byte[], byte[]> sign)
    {
        var text = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""") + "." + Encode(JsonSerializer.Serialize(payload));
        return text + "." + System.Buffers.Text.Base64Url.EncodeToString(sign(Options.Secret, Encoding.ASCII.GetBytes(text)));
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
