using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Http;

public sealed class BearerTokenMiddlewareTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStoreFile _file;
    private readonly SqliteUserStore _users;
    private readonly Tokens _tokens = new(
        new JwtOptions(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1)), TimeProvider.System);

    private readonly User _ann = new()
    {
        Id = Guid.CreateVersion7(),
        Email = "ann@example.org",
        Name = "Ann",
        PasswordHash = "x",
        CreatedAt = DateTimeOffset.UtcNow,
    };

    public BearerTokenMiddlewareTests()
    {
        _file = new SqliteStoreFile(_folder.File("tickets.db"));
        _users = new SqliteUserStore(_file);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YTpi")]
    public async Task Without_a_token_it_is_a_401(string? header) => Assert.Equal(401, await CallAsync("ForUsers", header));

    [Fact]
    public async Task A_token_lets_its_user_in_who_then_is_the_current_user()
    {
        await _users.InsertIfAbsentAsync(_ann, Cancel);
        var token = _tokens.Issue(_ann).Token;
        User? seen = null;

        Assert.Equal(200, await CallAsync("ForUsers", $"Bearer {token}", http => seen = http.Request.CurrentUser()));
        Assert.Equal(_ann.Id, seen!.Id);
        Assert.Equal(200, await CallAsync("ForUsers", $"bearer {token}"));
        Assert.Equal(401, await CallAsync("ForUsers", $"Bearer {token}, Bearer {token}"));
    }

    [Fact]
    public async Task A_token_of_an_earlier_generation_or_of_nobody_is_a_401()
    {
        var header = $"Bearer {_tokens.Issue(_ann).Token}";
        Assert.Equal(401, await CallAsync("ForUsers", header));
        await _users.InsertIfAbsentAsync(_ann, Cancel);
        Assert.Equal(200, await CallAsync("ForUsers", header));

        await _users.UpdateAsync(_ann with { TokenVersion = 2 }, [], Cancel);

        Assert.Equal(401, await CallAsync("ForUsers", header));
    }

    [Theory]
    [InlineData(Role.User, 200, 403, 403)]
    [InlineData(Role.Moderator, 200, 200, 403)]
    [InlineData(Role.Admin, 200, 200, 200)]
    public async Task The_role_in_the_store_decides(Role role, int users, int moderators, int admins)
    {
        await _users.InsertIfAbsentAsync(_ann with { Role = role }, Cancel);
        var header = $"Bearer {_tokens.Issue(_ann).Token}"; // issued to a plain user

        Assert.Equal(users, await CallAsync("ForUsers", header));
        Assert.Equal(moderators, await CallAsync("ForModerators", header));
        Assert.Equal(admins, await CallAsync("ForAdmins", header));
    }

    [Fact]
    public async Task What_is_open_to_anyone_looks_at_no_token()
    {
        Assert.Equal(200, await CallAsync("ForAnyone", "Bearer nonsense"));
        var nobody = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CallAsync("ForAnyone", null, http => http.Request.CurrentUser()));
        Assert.Contains("[Access]", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_does_not_say_who_may_call_it_is_refused_by_name() => Assert.Contains(
        "Forgotten", Assert.Throws<InvalidOperationException>(() => new FunctionAccess([typeof(Careless)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_function_of_the_app_says_who_may_call_it()
    {
        var access = new FunctionAccess(typeof(Signup).Assembly.GetTypes());

        Assert.Equal(Access.Anyone, access.Of(nameof(Signup)));
        Assert.Equal(Access.User, access.Of(nameof(GetMe)));
        Assert.Equal(Access.Admin, access.Of(nameof(UpdateUser)));
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<int> CallAsync(string function, string? header, Action<HttpContext>? inside = null)
    {
        var middleware = new BearerTokenMiddleware(new FunctionAccess([typeof(Careful)]), new Authenticator(_tokens, _users));
        var invocation = new FakeInvocation(function);
        if (header is not null) invocation.Http.Request.Headers.Authorization = header;
        var status = 0;
        try
        {
            await middleware.Invoke(invocation, _ =>
            {
                status = 200;
                inside?.Invoke(invocation.Http);
                return Task.CompletedTask;
            });
        }
        catch (ProblemException e)
        {
            Assert.Equal(0, status); // the function never ran
            status = e.Status;
        }

        return status;
    }

    private static class Careful
    {
        [Function(nameof(ForAnyone)), Access(Access.Anyone)]
        public static void ForAnyone([HttpTrigger] HttpRequest request) => _ = request;

        [Function(nameof(ForUsers)), Access(Access.User)]
        public static void ForUsers([HttpTrigger] HttpRequest request) => _ = request;

        [Function(nameof(ForModerators)), Access(Access.Moderator)]
        public static void ForModerators([HttpTrigger] HttpRequest request) => _ = request;

        [Function(nameof(ForAdmins)), Access(Access.Admin)]
        public static void ForAdmins([HttpTrigger] HttpRequest request) => _ = request;
    }

    private static class Careless
    {
        [Function("Forgotten")]
        public static void Run([HttpTrigger] HttpRequest request) => _ = request;
    }
}
