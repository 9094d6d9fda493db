using System.Buffers.Text;
using System.Text;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AccountPropertyTests
{
    private static readonly User Ann = new() { Id = Guid.CreateVersion7(), Email = "ann@example.org", Name = "Ann", PasswordHash = "", TokenVersion = 7, CreatedAt = default };

    private readonly Tokens _tokens = new(
        new JwtOptions(Encoding.UTF8.GetBytes(new string('s', 32)), "iss", "aud", TimeSpan.FromMinutes(60)), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)));

    [Fact]
    public void No_text_is_a_token() => Texts.Check(text =>
    {
        Assert.Null(_tokens.Validate(text));
        Assert.Null(_tokens.Validate($"{text}.{text}.{text}"));
        Assert.Null(_tokens.Validate($"{Base64Url.EncodeToString("{\"alg\":\"none\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"sub\":\"{Ann.Id}\",\"ver\":7}}"))}.{text}"));
    });

    [Fact]
    public void A_token_with_one_character_changed_cut_or_added_is_none()
    {
        var token = _tokens.Issue(Ann).Token;
        var changes = Texts.Zip(Gen.Choose(0, token.Length - 1), Gen.Choose(0, 3), Gen.Elements<char>([.. "AZaz09-_.=+/ \0é\n\""]));
        Texts.Check(changes, change =>
        {
            var (at, kind, with) = change;
            var other = kind switch
            {
                0 => token[..at] + with + token[(at + 1)..],
                1 => token[..at],
                2 => token.Insert(at, with.ToString()),
                _ => token.Remove(at, 1),
            };
            // The last character of a part has bits that say nothing; whoever flips those has the same token.
            if (Decoded(other) is { } decoded && decoded == Decoded(token)) return;
            Assert.Null(_tokens.Validate(other));
        });
    }

    [Fact]
    public void An_address_is_plain_and_the_mailer_reads_it_as_it_is_or_it_is_refused() => Texts.Check(
        Gen.OneOf(Texts.Any, Gen.Zip(Texts.Any, Texts.Any).Select(parts => $"{parts.Item1}@{parts.Item2}"), Texts.Any.Select(text => $"a{text}@example.com")),
        text =>
        {
            if (!EmailAddress.TryNormalize(text, out var email)) return;
            Assert.True(email.All(c => c is > ' ' and < '\u007f' and not (',' or ';' or '<' or '>' or '"' or '(' or ')')), email);
            Assert.Equal(email, MailboxAddress.Parse(email).Address);
            Assert.True(EmailAddress.TryNormalize(email, out var again));
            Assert.Equal(email, again);
        });

    [Fact]
    public void A_name_is_one_line_that_reads_as_it_is_written_or_it_is_refused() => Texts.Check(text =>
    {
        if (!DisplayName.TryClean(text, out var name)) return;
        Assert.InRange(name.Length, 1, DisplayName.MaxLength);
        Assert.DoesNotContain(name, c => char.IsControl(c) || c is '\u202e' or '\u2066' or '\u200b');
        Assert.True(DisplayName.TryClean(name, out var again));
        Assert.Equal(name, again);
    });

    private static string? Decoded(string token)
    {
        var parts = token.Split('.');
        try
        {
            return parts.Length == 3 && parts.All(part => Base64Url.IsValid(part))
                ? string.Join('.', parts.Select(part => Convert.ToHexString(Base64Url.DecodeFromChars(part))))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
