using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class PasswordResetRulesTests : IAsyncDisposable
{
    private const string Other = "another horse";

    private readonly AccountBench _bench = new();
    private readonly ResetTokens _tokens;
    private readonly PasswordReset _reset;

    public PasswordResetRulesTests()
    {
        _tokens = new ResetTokens(_bench.Jwt, _bench.Time);
        _reset = new PasswordReset(_bench.Users, _bench.Passwords, _tokens, _bench.Guard, _bench.Time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_asked_for_by_its_address()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");

        Assert.Equal(new MailKey(Guid.Empty, MailKind.Reset, ann.Id, _bench.Time.GetUtcNow().ToUnixTimeSeconds()), await AskAsync(" ANN@example.org"));
        Assert.Contains("email", (await ProblemAsync(() => AskAsync("no address"))).Errors!);
    }

    [Fact]
    public async Task An_unknown_address_is_always_the_same_nobody_who_is_nobody_elses()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");

        var first = await AskAsync("nobody@example.org");
        var again = await AskAsync("Nobody@Example.org");
        var other = await AskAsync("nobody.else@example.org");

        Assert.Equal(first, again);
        Assert.Equal(3, new[] { first.RecipientId, other.RecipientId, ann.Id }.Distinct().Count());
    }

    [Fact]
    public async Task Of_the_mails_to_one_address_the_fourth_in_a_row_has_to_wait_whoever_it_belongs_to()
    {
        await _bench.SignUpAsync("ann@example.org");
        foreach (var email in (string[])["ann@example.org", "nobody@example.org"])
        {
            for (var i = 0; i < 3; i++) await AskAsync(email);
            var problem = await ProblemAsync(() => AskAsync(email));
            Assert.Equal((429, 600), (problem.Status, problem.RetryAfterSeconds));
        }
    }

    [Fact]
    public async Task A_link_sets_the_password_once_ends_every_log_in_and_is_written_down()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var token = _tokens.Issue(ann, 1, _bench.Time.GetUtcNow());

        Assert.Contains("password", (await ProblemAsync(() => SetAsync(token, "short"))).Errors!);
        await SetAsync(token, Other);

        var after = await _bench.FindAsync(ann.Id);
        Assert.Equal(ann.TokenVersion + 1, after.TokenVersion);
        Assert.True(await _bench.Passwords.VerifyAsync(Other, after.PasswordHash, Cancel));
        Assert.Contains("token", (await ProblemAsync(() => SetAsync(token, "third horse"))).Errors!);
        var entry = Assert.Single((await _bench.Audit.ListAsync(new AuditQuery { Action = AuditAction.PasswordReset }, Cancel)).Items);
        Assert.Equal((ann.Id, ann.Id.ToString("D")), (entry.ActorId, entry.Subject));
    }

    [Fact]
    public async Task Of_many_who_use_one_link_at_once_one_sets_the_password()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var token = _tokens.Issue(ann, 1, _bench.Time.GetUtcNow());

        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await SetAsync(token, $"new horse {i}");
            }
            catch (ProblemException e) when (e.Errors!.ContainsKey("token"))
            {
                Interlocked.Increment(ref refused);
            }
        })));

        Assert.Equal(7, refused);
        Assert.Equal(ann.TokenVersion + 1, (await _bench.FindAsync(ann.Id)).TokenVersion);
    }

    [Fact]
    public async Task A_new_password_by_mail_forgets_what_was_tried_before()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        for (var i = 0; i < 10; i++) Assert.Null(await _bench.Accounts.FindAsync("ann@example.org", "wrong horse", "here", Cancel));
        await SetAsync(_tokens.Issue(ann, 1, _bench.Time.GetUtcNow()), Other);

        Assert.NotNull(await _bench.Accounts.FindAsync("ann@example.org", Other, "here", Cancel));
    }

    [Fact]
    public async Task No_other_token_sets_a_password_and_no_closed_account_gets_one()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var eve = await _bench.SignUpAsync("eve@example.org");
        var now = _bench.Time.GetUtcNow();
        string[] bad =
        [
            "", "nonsense",
            _tokens.Issue(ann with { PasswordHash = eve.PasswordHash }, 1, now),
            _tokens.Issue(ann, 1, now - ResetTokens.Lifetime),
            new ConfirmationTokens(_bench.Jwt, _bench.Time).Issue(ann, 1, now),
        ];
        foreach (var token in bad) Assert.Contains("token", (await ProblemAsync(() => SetAsync(token, Other))).Errors!);

        var good = _tokens.Issue(ann, 1, now);
        await _bench.ChangeAsync(ann, u => u with { Active = false });
        Assert.Contains("token", (await ProblemAsync(() => SetAsync(good, Other))).Errors!);
        Assert.Equal(ann.PasswordHash, (await _bench.FindAsync(ann.Id)).PasswordHash);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static Task<ProblemException> ProblemAsync(Func<Task> act) => Assert.ThrowsAsync<ProblemException>(act);

    private Task<MailKey> AskAsync(string email) => _reset.AskAsync(new ForgotRequest(email), Cancel);

    private Task SetAsync(string token, string password) => _reset.SetAsync(new ResetRequest(token, password), "here", Cancel);
}
