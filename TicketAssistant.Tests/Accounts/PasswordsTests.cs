using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Settings;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class PasswordsTests
{
    private static readonly string TooLong = new('é', 37); // 74 bytes

    private readonly Passwords _passwords = new(new PasswordOptions(4));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("12345678")]
    [InlineData("pässwörd with spaces ")]
    [InlineData("日本語パスワード")]
    public async Task A_password_fits_its_own_hash_only(string password)
    {
        var hash = await _passwords.HashAsync(password, Cancel);

        Assert.StartsWith("$2", hash, StringComparison.Ordinal);
        Assert.True(await _passwords.VerifyAsync(password, hash, Cancel));
        Assert.False(await _passwords.VerifyAsync(password + "x", hash, Cancel));
        Assert.NotEqual(hash, await _passwords.HashAsync(password, Cancel));
    }

    [Fact]
    public async Task The_72nd_byte_counts()
    {
        var hash = await _passwords.HashAsync(new string('a', 72), Cancel);

        Assert.True(await _passwords.VerifyAsync(new string('a', 72), hash, Cancel));
        Assert.False(await _passwords.VerifyAsync(new string('a', 71) + "b", hash, Cancel));
        Assert.False(await _passwords.VerifyAsync(new string('a', 73), hash, Cancel));
    }

    [Fact]
    public async Task Too_short_and_too_long_is_said_and_refused()
    {
        foreach (var password in new[] { "", "1234567", TooLong, new string('a', 73) })
        {
            Assert.Contains("8 to 72 bytes", Passwords.Problem(password), StringComparison.Ordinal);
            await Assert.ThrowsAsync<ArgumentException>(() => _passwords.HashAsync(password, Cancel));
        }

        Assert.Null(Passwords.Problem("12345678"));
        Assert.Null(Passwords.Problem(new string('é', 36)));
    }

    [Theory]
    [InlineData("12345678")]
    [InlineData("")]
    public async Task Nobody_has_any_password(string password) => Assert.False(await _passwords.VerifyAsync(password, null, Cancel));

    [Fact]
    public async Task A_flood_is_turned_away_and_the_next_one_is_served()
    {
        var slow = new Passwords(new PasswordOptions(8));
        var count = 100 * Math.Max(1, Environment.ProcessorCount / 2);

        var flood = Enumerable.Range(0, count).Select(_ => slow.VerifyAsync("12345678", null, Cancel)).ToArray();
        var refused = 0;
        foreach (var one in flood)
        {
            try
            {
                await one;
            }
            catch (PasswordsBusyException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, count - 1);
        Assert.False(await slow.VerifyAsync("12345678", null, Cancel));
    }

    [Fact]
    public async Task Who_leaves_the_queue_gives_the_place_back()
    {
        var slow = new Passwords(new PasswordOptions(8));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        for (var i = 0; i < 200 * Environment.ProcessorCount; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.VerifyAsync("12345678", null, gone.Token));
        }

        Assert.False(await slow.VerifyAsync("12345678", null, Cancel));
    }

    [Fact]
    public void A_cheap_work_factor_is_refused_unless_tests_ask_for_it()
    {
        Assert.Equal(12, Read([]).WorkFactor);
        Assert.Equal(13, Read(new() { ["Passwords:WorkFactor"] = "13" }).WorkFactor);
        Assert.Equal(4, Read(new() { ["Passwords:WorkFactor"] = "4", ["Passwords:AllowWeakForTests"] = "true" }).WorkFactor);
        var refusal = Assert.Throws<SettingException>(() => Read(new() { ["Passwords:WorkFactor"] = "11" }));
        Assert.Equal("Passwords__WorkFactor", refusal.Setting);
    }

    private static PasswordOptions Read(Dictionary<string, string?> settings) =>
        PasswordOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
