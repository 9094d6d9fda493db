using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class PresenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static OptionalValue<DateTimeOffset?> Unsaid => default;
    private static readonly User Here = new() { Id = Guid.CreateVersion7(), Email = "ann@example.org", Name = "Ann", PasswordHash = "", CreatedAt = Now };
    private static readonly User Away = Here with { Away = true, AwayUntil = Now.AddDays(2) };

    [Fact]
    public void An_end_alone_means_away_until_then() =>
        Assert.Equal((true, Now.AddDays(1)), After(Here, null, Until(Now.AddDays(1))));

    [Fact]
    public void Away_without_an_end_keeps_the_one_there_is() =>
        Assert.Equal((true, Now.AddDays(2)), After(Away, true, Unsaid));

    [Fact]
    public void The_end_may_be_taken_away() => Assert.Equal((true, null), After(Away, null, Until(null)));

    [Fact]
    public void Being_back_forgets_the_end()
    {
        Assert.Equal((false, null), After(Away, false, Unsaid));
        Assert.Equal((false, null), After(Away, false, Until(null)));
    }

    [Fact]
    public void What_is_not_said_stays() => Assert.Equal((true, Now.AddDays(2)), After(Away, null, Unsaid));

    [Fact]
    public void An_end_is_in_the_future_and_within_two_years()
    {
        Refused(true, Now);
        Refused(true, Now.AddDays(731).AddSeconds(1));
        Assert.Equal((true, Now.AddDays(731)), After(Here, true, Until(Now.AddDays(731))));
        Assert.Equal((true, Now.AddSeconds(1)), After(Here, true, Until(Now.AddSeconds(1))));
    }

    [Fact]
    public void Nobody_is_back_until_a_time() => Refused(false, Now.AddDays(1));

    private static OptionalValue<DateTimeOffset?> Until(DateTimeOffset? at) => new(true, at);

    private static void Refused(bool? away, DateTimeOffset until) =>
        Assert.Contains("awayUntil", Assert.Throws<ProblemException>(() => Presence.Read(away, Until(until), Now)).Errors!);

    private static (bool Away, DateTimeOffset? Until) After(User user, bool? away, OptionalValue<DateTimeOffset?> until)
    {
        var after = Presence.Read(away, until, Now).ApplyTo(user);
        return (after.Away, after.AwayUntil);
    }
}
