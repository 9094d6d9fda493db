using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AuthenticatorTests : IAsyncDisposable
{
    private readonly AccountBench _bench = new();

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer  {0} ")]
    public async Task Whoever_has_a_token_is_found(string header)
    {
        var ann = await _bench.SignUpAsync("ann@example.org");

        Assert.Equal(ann.Id, (await FindAsync(header, ann))?.Id);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Basic {0}")]
    [InlineData("Bearer{0}")]
    [InlineData("Bearer {0}x")]
    [InlineData("Bearer {0},Bearer {0}")]
    [InlineData("Bearer ")]
    [InlineData("")]
    public async Task Anything_else_finds_nobody(string header)
    {
        Assert.Null(await FindAsync(header, await _bench.SignUpAsync("ann@example.org")));
    }

    [Fact]
    public async Task A_token_from_before_the_last_log_out_and_one_of_a_closed_account_find_nobody()
    {
        var ann = await _bench.SignUpAsync("ann@example.org");
        var later = await _bench.ChangeAsync(ann, user => user with { TokenVersion = 2 });
        Assert.Null(await FindAsync("Bearer {0}", ann));
        Assert.NotNull(await FindAsync("Bearer {0}", later));

        await _bench.ChangeAsync(ann, user => user with { Active = false });
        Assert.Null(await FindAsync("Bearer {0}", later));
        Assert.Null(await FindAsync("Bearer {0}", later with { Id = Guid.NewGuid() }));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <param name="header">The header, {0} in place of the token.</param>
    /// <param name="of">Whose token.</param>
    private Task<User?> FindAsync(string header, User of)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = header.Replace("{0}", _bench.Tokens.Issue(of).Token, StringComparison.Ordinal);
        return new Authenticator(_bench.Tokens, _bench.Users).FindUserAsync(request, TestContext.Current.CancellationToken);
    }
}
