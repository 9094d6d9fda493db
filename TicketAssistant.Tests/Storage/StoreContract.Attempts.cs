using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Storage;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    private static readonly AttemptRule Rule = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));

    private static readonly AuditEntry Slowed = AuditEntry.Of(Now, AuditAction.LoginsSlowed, null, null);

    [Fact]
    public async Task Of_16_attempts_at_once_as_many_get_through_as_the_rule_lets()
    {
        var results = await TogetherAsync(16, _ => CountAsync("k", Now));

        Assert.Equal(5, results.Count(r => r.Wait is null));
        Assert.All(results.Where(r => r.Wait is not null), r => Assert.Equal(TimeSpan.FromSeconds(2), r.Wait));
        Assert.Single((await Audit.ListAsync(new AuditQuery(), Cancel)).Items);
    }

    [Fact]
    public async Task Each_further_attempt_doubles_the_wait_up_to_the_longest()
    {
        var at = Now;
        for (var i = 0; i < 5; i++) Assert.Null((await CountAsync("k", at)).Wait);

        foreach (var seconds in new[] { 2, 4, 8, 10, 10 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), (await CountAsync("k", at)).Wait);
            Assert.Equal(TimeSpan.FromMilliseconds(1), (await CountAsync("k", at.AddSeconds(seconds).AddMilliseconds(-1))).Wait);
            at = at.AddSeconds(seconds);
            Assert.Null((await CountAsync("k", at)).Wait);
        }

        Assert.Null((await CountAsync("another", at)).Wait);
        Assert.Single((await Audit.ListAsync(new AuditQuery(), Cancel)).Items);
    }

    [Fact]
    public async Task A_good_attempt_forgets_the_others_and_makes_the_key_trusted_for_a_while()
    {
        for (var i = 0; i < 5; i++) Assert.False((await CountAsync("k", Now)).IsTrusted);

        await Attempts.SucceedAsync("k", Now, TimeSpan.FromDays(30), Cancel);

        for (var i = 0; i < 5; i++) Assert.Equal(new AttemptResult(null, true), await CountAsync("k", Now));
        Assert.Equal(new AttemptResult(TimeSpan.FromSeconds(2), true), await CountAsync("k", Now));
        Assert.Equal(new AttemptResult(null, false), await CountAsync("k", Now.AddDays(30)));
    }

    [Fact]
    public async Task What_no_longer_counts_is_deleted_and_nothing_else()
    {
        for (var i = 0; i < 5; i++) await CountAsync("old", Now);
        for (var i = 0; i < 5; i++) await CountAsync("new", Now.AddHours(1));
        await Attempts.SucceedAsync("trusted", Now, TimeSpan.FromDays(30), Cancel);

        await Attempts.PurgeAsync(Now + Rule.Memory, Rule.Memory, Cancel);

        Assert.Null((await CountAsync("old", Now)).Wait);
        Assert.NotNull((await CountAsync("new", Now.AddHours(1))).Wait);
        Assert.True((await CountAsync("trusted", Now.AddDays(2))).IsTrusted);
    }

    [Fact]
    public async Task Attempts_are_forgotten_after_a_time_without_any()
    {
        for (var i = 0; i < 5; i++) await CountAsync("k", Now);

        for (var i = 0; i < 5; i++) Assert.Null((await CountAsync("k", Now + Rule.Memory)).Wait);
        Assert.NotNull((await CountAsync("k", Now + Rule.Memory)).Wait);
    }

    private Task<AttemptResult> CountAsync(string key, DateTimeOffset at) => Attempts.CountAsync(key, Rule, at, Slowed, Cancel);
}
