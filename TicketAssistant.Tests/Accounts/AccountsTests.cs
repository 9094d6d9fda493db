using System.Text;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AccountsTests : IAsyncDisposable
{
    private const string Password = "correct horse";

    private readonly TempFolder _folder = new();
    private readonly SqliteStoreFile _file;
    private readonly SqliteUserStore _users;
    private readonly Passwords _passwords = new(new PasswordOptions(4));
    private readonly Tokens _tokens;
    private readonly AccountService _accounts;

    public AccountsTests()
    {
        _file = new SqliteStoreFile(_folder.File("tickets.db"));
        _users = new SqliteUserStore(_file);
        var jwt = new JwtOptions(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1));
        _tokens = new Tokens(jwt, TimeProvider.System);
        var guard = new LoginGuard(new SqliteAttemptStore(_file), new SqliteAuditLog(_file), new LimitOptions(), jwt, TimeProvider.System);
        _accounts = new AccountService(_users, _passwords, _tokens, guard, TimeProvider.System);
    }

    private static readonly User Admin = new()
    {
        Id = Guid.CreateVersion7(),
        Email = "boss@example.org",
        Name = "Boss",
        PasswordHash = "",
        Role = Role.Admin,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_16_instances_that_start_at_once_one_creates_the_first_admin()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => First().EnsureAsync(Cancel))));

        Assert.Single(created, true);
        Assert.False(await First().EnsureAsync(Cancel));
        var admin = Assert.Single((await _users.ListAsync(new UserQuery(), Cancel)).Items);
        Assert.Equal(Role.Admin, admin.Role);
        Assert.Equal("admin@example.org", (await LogInAsync("admin@example.org", "admin password")).User.Email);
    }

    [Fact]
    public async Task The_first_admin_is_not_made_of_somebody_elses_account()
    {
        await SignUpAsync("admin@example.org");

        var refusal = await Assert.ThrowsAsync<SettingException>(() => First().EnsureAsync(Cancel));

        Assert.Equal("Admin__Email", refusal.Setting);
        Assert.Equal(Role.User, (await _users.FindByEmailAsync("admin@example.org", Cancel))!.Role);
    }

    [Fact]
    public void The_first_admins_settings_are_needed_where_there_is_no_data_directory()
    {
        Assert.Equal("Admin__Email", Assert.Throws<SettingException>(() => Read(("Admin:Password", Password))).Setting);
        Assert.Equal("Admin__Password", Assert.Throws<SettingException>(() => Read(("Admin:Email", "a@example.org"))).Setting);
        Assert.Equal("Admin__Email", Assert.Throws<SettingException>(() => Read(("Admin:Email", "nobody"), ("Admin:Password", Password))).Setting);
        var weak = Assert.Throws<SettingException>(() => Read(("Admin:Email", "a@example.org"), ("Admin:Password", "hunter2")));
        Assert.DoesNotContain("hunter2", weak.Message, StringComparison.Ordinal);
        Assert.Equal("admin@tickets.local", Read(("Local:DataDirectory", "/data"), ("Admin:Password", Password)).Email);
        Assert.Equal("a@example.org", Read(("Admin:Email", " A@example.org"), ("Admin:Password", Password)).Email);

        static AdminOptions Read(params (string Key, string Value)[] settings) => AdminOptions.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
    }

    [Fact]
    public async Task Signing_up_gives_a_plain_user_and_a_token_that_is_theirs()
    {
        var session = await _accounts.SignUpAsync(new SignupRequest(" Ann@Example.org", Password, null, ["C#", "c#"]), Cancel);

        Assert.Equal(("ann@example.org", "ann", Role.User), (session.User.Email, session.User.Name, session.User.Role));
        Assert.Equal(["C#"], session.User.Skills);
        Assert.Equal(new TokenIdentity(session.User.Id, 1), _tokens.Validate(session.Token));
        Assert.Equal(409, (await ProblemAsync(() => SignUpAsync("ANN@example.org"))).Status);
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_get_the_same_answer()
    {
        await SignUpAsync("ann@example.org");

        var problems = new[]
        {
            await ProblemAsync(() => LogInAsync("ann@example.org", "wrong password")),
            await ProblemAsync(() => LogInAsync("eve@example.org", Password)),
            await ProblemAsync(() => LogInAsync("no address", Password)),
            await ProblemAsync(() => LogInAsync("ann@example.org", "short")),
        };

        Assert.All(problems, p => Assert.Equal((401, problems[0].Detail), (p.Status, p.Detail)));
    }

    [Fact]
    public async Task Logging_out_raises_the_token_version_once_per_call_even_at_once()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _accounts.LogOutAsync(user, Cancel))));

        Assert.Equal(9, (await FindAsync(user.Id)).TokenVersion);
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_other_log_ins()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        Assert.Contains("oldPassword", (await ProblemAsync(() => Change(new(Password: "another one")))).Errors!);
        Assert.Contains("oldPassword", (await ProblemAsync(() => Change(new(Password: "another one", OldPassword: "wrong one")))).Errors!);
        Assert.Contains("password", (await ProblemAsync(() => Change(new(Password: "short", OldPassword: Password)))).Errors!);
        var reply = await Change(new(Password: "another one", OldPassword: Password));

        Assert.Equal(new TokenIdentity(user.Id, 2), _tokens.Validate(reply.Token!));
        Assert.Equal(2, (await FindAsync(user.Id)).TokenVersion);
        await LogInAsync("ann@example.org", "another one");
        // What was checked against a password that is no longer the present one isn't stored.
        Assert.Contains("oldPassword", (await ProblemAsync(() => Change(new(Password: "third one", OldPassword: Password)))).Errors!);

        Task<UpdateMeReply> Change(UpdateMeRequest request) => _accounts.UpdateMeAsync(user, request, "here", Cancel);
    }

    [Fact]
    public async Task Ones_own_name_and_presence_change_without_a_new_token()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        var reply = await _accounts.UpdateMeAsync(user, new(Name: " Ann  B. ", Away: true), "here", Cancel);

        Assert.Equal(("Ann B.", true), (reply.User.Name, reply.User.Away));
        Assert.Null(reply.Token);
        Assert.Equal(1, (await FindAsync(user.Id)).TokenVersion);
    }

    [Fact]
    public async Task An_admin_changes_what_is_given_and_nothing_else()
    {
        var id = (await SignUpAsync("ann@example.org")).User.Id;

        await UpdateAsync(new("Ann@example.org", Role.Moderator, ["go", "Go"], Capacity: new(true, 5)));
        var user = await FindAsync(id);
        Assert.Equal((Role.Moderator, 2, 5, false), (user.Role, user.TokenVersion, user.Capacity, user.Away));
        Assert.Equal(["go"], user.Skills);

        await UpdateAsync(new("ann@example.org", Role.Moderator, Away: true));
        user = await FindAsync(id);
        Assert.Equal((Role.Moderator, 2, 5, true), (user.Role, user.TokenVersion, user.Capacity, user.Away));
        Assert.Equal(["go"], user.Skills);

        await UpdateAsync(new("ann@example.org", Skills: [], Capacity: new(true, null)));
        user = await FindAsync(id);
        Assert.Empty(user.Skills);
        Assert.Null(user.Capacity);
    }

    [Fact]
    public async Task Changes_that_cannot_be_are_refused()
    {
        await First().EnsureAsync(Cancel);

        Assert.Equal(404, (await ProblemAsync(() => UpdateAsync(new("nobody@example.org", Role.Admin)))).Status);
        Assert.Equal(409, (await ProblemAsync(() => UpdateAsync(new("admin@example.org", Role.User)))).Status);
        Assert.Equal(400, (await ProblemAsync(() => UpdateAsync(new("admin@example.org", Capacity: new(true, 1001))))).Status);
        Assert.Equal(400, (await ProblemAsync(() => UpdateAsync(new("admin@example.org", Capacity: new(true, -1))))).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _passwords.Dispose();
        _folder.Dispose();
    }

    private FirstAdmin First() => new(_users, _passwords, new AdminOptions("admin@example.org", "admin password"), TimeProvider.System);

    private Task<SessionReply> SignUpAsync(string email) => _accounts.SignUpAsync(new SignupRequest(email, Password), Cancel);

    private Task<SessionReply> LogInAsync(string email, string password) => _accounts.LogInAsync(new LoginRequest(email, password), "here", Cancel);

    private Task<User> UpdateAsync(UpdateUserRequest request, User? caller = null) => _accounts.UpdateUserAsync(caller ?? Admin, request, Cancel);

    private async Task<User> FindAsync(Guid id) => (await _users.FindAsync(id, Cancel))!;

    private static Task<ProblemException> ProblemAsync(Func<Task> act) => Assert.ThrowsAsync<ProblemException>(act);
}
