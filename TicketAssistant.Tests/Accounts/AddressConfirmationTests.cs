using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Notifications;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AddressConfirmationTests : IAsyncDisposable
{
    private readonly AccountBench _bench = new();
    private readonly ConfirmationTokens _tokens;
    private readonly AddressConfirmation _confirmation;

    public AddressConfirmationTests()
    {
        _tokens = new ConfirmationTokens(_bench.Jwt, _bench.Time);
        _confirmation = new AddressConfirmation(_bench.Users, _bench.Mails, _tokens, new MailOptions(), _bench.Time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_confirms_the_address_once()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var token = _tokens.Issue(ann, 1, _bench.Time.GetUtcNow());

        Assert.Equal(ann.Id, (await _confirmation.CheckAsync(token, Cancel)).Id);
        Assert.False((await _bench.FindAsync(ann.Id)).EmailConfirmed);
        Assert.True((await _confirmation.ConfirmAsync(token, Cancel)).EmailConfirmed);

        Assert.True((await _bench.FindAsync(ann.Id)).EmailConfirmed);
        Assert.Equal(409, (await ProblemAsync(() => _confirmation.CheckAsync(token, Cancel))).Status);
        Assert.Equal(409, (await ProblemAsync(() => _confirmation.ConfirmAsync(token, Cancel))).Status);
        Assert.Equal(409, (await ProblemAsync(() => _confirmation.AskAgainAsync(ann, Cancel))).Status);
    }

    [Fact]
    public async Task Of_two_who_use_a_token_at_once_one_confirms()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var token = _tokens.Issue(ann, 1, _bench.Time.GetUtcNow());

        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await _confirmation.ConfirmAsync(token, Cancel);
                return true;
            }
            catch (ProblemException e) when (e.Status == 409)
            {
                return false;
            }
        })));

        Assert.Single(done, true);
    }

    [Fact]
    public async Task No_other_token_confirms_anything()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var eve = await _bench.SignUpAsync("eve@example.org");
        var now = _bench.Time.GetUtcNow();
        string[] bad =
        [
            "", "nonsense", new string('A', 96),
            _tokens.Issue(ann with { Email = eve.Email }, 1, now),
            _tokens.Issue(ann with { Id = Guid.CreateVersion7() }, 1, now),
            _tokens.Issue(ann, 1, now - ConfirmationTokens.Lifetime),
            new ResetTokens(_bench.Jwt, _bench.Time).Issue(ann, 1, now),
        ];

        foreach (var token in bad) Assert.Equal(400, (await ProblemAsync(() => _confirmation.ConfirmAsync(token, Cancel))).Status);
        Assert.False((await _bench.FindAsync(ann.Id)).EmailConfirmed);
        Assert.False((await _bench.FindAsync(eve.Id)).EmailConfirmed);
    }

    [Fact]
    public async Task A_closed_account_confirms_nothing()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var token = _tokens.Issue(ann, 1, _bench.Time.GetUtcNow());
        await _bench.ChangeAsync(ann, u => u with { Active = false });

        Assert.Equal(400, (await ProblemAsync(() => _confirmation.ConfirmAsync(token, Cancel))).Status);
    }

    [Fact]
    public async Task An_account_gets_three_welcomes_a_minute_apart_and_no_more()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");

        var early = await ProblemAsync(() => _confirmation.AskAgainAsync(ann, Cancel));
        Assert.Equal((429, 60), (early.Status, early.RetryAfterSeconds));
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await _confirmation.AskAgainAsync(ann, Cancel)).Revision);
        Assert.Equal(429, (await ProblemAsync(() => _confirmation.AskAgainAsync(ann, Cancel))).Status);
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        var last = await _confirmation.AskAgainAsync(ann, Cancel);
        Assert.Equal(new MailKey(Guid.Empty, MailKind.Welcome, ann.Id, 3), last);
        _bench.Time.Advance(TimeSpan.FromDays(1));
        var never = await ProblemAsync(() => _confirmation.AskAgainAsync(ann, Cancel));

        Assert.Equal((429, null), (never.Status, never.RetryAfterSeconds));
        Assert.Equal(3, (await _bench.FindAsync(ann.Id)).Welcomes);
    }

    [Fact]
    public void Each_welcome_has_a_link_of_its_own()
    {
        var ann = new User { Id = Guid.CreateVersion7(), Email = "ann@example.org", Name = "Ann", PasswordHash = "", CreatedAt = _bench.Time.GetUtcNow() };

        Assert.NotEqual(_tokens.Issue(ann, 1, _bench.Time.GetUtcNow()), _tokens.Issue(ann, 2, _bench.Time.GetUtcNow()));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static Task<ProblemException> ProblemAsync(Func<Task> act) => Assert.ThrowsAsync<ProblemException>(act);
}
