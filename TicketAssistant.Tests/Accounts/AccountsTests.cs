using Microsoft.Extensions.Configuration;
using Moq;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class AccountsTests : IAsyncDisposable
{
    private const string Password = AccountBench.Password;

    private readonly AccountBench _bench = new();

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
        var admin = Assert.Single((await _bench.Users.ListAsync(new UserQuery(), Cancel)).Items);
        Assert.Equal((Role.Admin, true), (admin.Role, (admin with { Role = Role.User }).EmailConfirmed));
        Assert.Equal("admin@example.org", (await LogInAsync("admin@example.org", "admin password")).User.Email);
    }

    [Fact]
    public async Task The_first_admin_is_not_made_of_somebody_elses_account()
    {
        await SignUpAsync("admin@example.org");

        var refusal = await Assert.ThrowsAsync<SettingException>(() => First().EnsureAsync(Cancel));

        Assert.Equal("Admin__Email", refusal.Setting);
        Assert.Equal(Role.User, (await _bench.Users.FindByEmailAsync("admin@example.org", Cancel))!.Role);
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
        var session = await Accounts.SignUpAsync(new SignupRequest(" Ann@Example.org", Password, null, ["C#", "c#"]), Cancel);

        Assert.Equal(("ann@example.org", "ann", Role.User), (session.User.Email, session.User.Name, session.User.Role));
        Assert.Equal(["C#"], session.User.Skills);
        Assert.Equal(new TokenIdentity(session.User.Id, 1), _bench.Tokens.Validate(session.Token));
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

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Accounts.LogOutAsync(user, Cancel))));

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

        Assert.Equal(new TokenIdentity(user.Id, 2), _bench.Tokens.Validate(reply.Token!));
        Assert.Equal(2, (await FindAsync(user.Id)).TokenVersion);
        await LogInAsync("ann@example.org", "another one");
        // What was checked against a password that is no longer the present one isn't stored.
        Assert.Contains("oldPassword", (await ProblemAsync(() => Change(new(Password: "third one", OldPassword: Password)))).Errors!);

        Task<UpdateMeReply> Change(UpdateMeRequest request) => Accounts.UpdateMeAsync(user, request, "here", Cancel);
    }

    [Fact]
    public async Task Ones_own_name_and_presence_change_without_a_new_token()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        var reply = await Accounts.UpdateMeAsync(user, new(Name: " Ann  B. ", Away: true), "here", Cancel);

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

    [Fact]
    public async Task What_people_and_admins_may_change_is_stored()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        await Accounts.UpdateMeAsync(user, new(Mails: MailPreference.Mine), "here", Cancel);
        await Accounts.UpdateMeAsync(user, new(Name: "Ann"), "here", Cancel);
        await UpdateAsync(new("ann@example.org", Skills: ["/^sap/:4"], Capacity: new(true, 0)));
        await UpdateAsync(new("ann@example.org", Role.Moderator));

        user = await FindAsync(user.Id);
        Assert.Equal((MailPreference.Mine, 0, Role.Moderator), (user.Mails, user.Capacity, user.Role));
        Assert.Equal(["/^sap/:4"], user.Skills);
    }

    [Fact]
    public async Task After_too_many_wrong_passwords_the_right_one_has_to_wait_at_the_door_and_inside()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        for (var i = 0; i < 10; i++) Assert.Equal(401, (await ProblemAsync(() => LogInAsync("ann@example.org", "wrong password"))).Status);
        Assert.Equal(429, (await ProblemAsync(() => LogInAsync("ann@example.org", Password))).Status);
        Assert.Equal(429, (await ProblemAsync(() => ChangeAsync(Password))).Status);
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        await ChangeAsync(Password);

        Task<UpdateMeReply> ChangeAsync(string old) => Accounts.UpdateMeAsync(user, new(Password: "another one", OldPassword: old), "here", Cancel);
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 9; i++) Assert.Equal(401, (await ProblemAsync(() => LogInAsync("ann@example.org", "wrong password"))).Status);
            await LogInAsync("ann@example.org", Password);
        }

        // The same where an open browser asks for the old password.
        for (var i = 0; i < 9; i++) Assert.Equal(400, (await ProblemAsync(() => ChangeAsync("wrong password"))).Status);
        await ChangeAsync(Password);
        for (var i = 0; i < 9; i++) Assert.Equal(401, (await ProblemAsync(() => LogInAsync("ann@example.org", "wrong password"))).Status);

        Task<UpdateMeReply> ChangeAsync(string old) => Accounts.UpdateMeAsync(user, new(Password: "another one", OldPassword: old), "here", Cancel);
    }

    [Fact]
    public async Task A_closed_account_does_not_log_in()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);
        await UpdateAsync(new(user.Email, Active: false));

        Assert.Equal(401, (await ProblemAsync(() => LogInAsync(user.Email, Password))).Status);
    }

    [Fact]
    public async Task Only_staff_may_take_a_name_like_an_admins()
    {
        await First().EnsureAsync(Cancel);
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        Assert.Contains("name", (await ProblemAsync(() => RenameAsync("Аdmin"))).Errors!); // a Cyrillic A
        Assert.Contains("name", (await ProblemAsync(() => Accounts.SignUpAsync(new("eve@example.org", Password, "Support Team"), Cancel))).Errors!);
        user = await UpdateAsync(new(user.Email, Role.Moderator));
        Assert.Equal("Admin Ann", (await RenameAsync("Admin Ann")).User.Name);
        Assert.Equal("Support", (await RenameAsync("Support")).User.Name);

        Task<UpdateMeReply> RenameAsync(string name) => Accounts.UpdateMeAsync(user, new(Name: name), "here", Cancel);
    }

    [Fact]
    public async Task A_new_password_of_ones_own_is_written_down_and_a_new_name_is_not()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        await Accounts.UpdateMeAsync(user, new(Name: "Ann B."), "here", Cancel);
        Assert.Empty((await _bench.Audit.ListAsync(new AuditQuery(), Cancel)).Items);
        await Accounts.UpdateMeAsync(user, new(Password: "another one", OldPassword: Password), "here", Cancel);

        var entry = Assert.Single((await _bench.Audit.ListAsync(new AuditQuery(), Cancel)).Items);
        Assert.Equal((AuditAction.PasswordChanged, user.Id, user.Id.ToString("D")), (entry.Action, entry.ActorId, entry.Subject));
    }

    [Fact]
    public async Task An_admin_closes_any_account_but_their_own()
    {
        await First().EnsureAsync(Cancel);
        var admin = await FindAsync(FirstAdmin.Id);
        var other = await UpdateAsync(new((await SignUpAsync("ann@example.org")).User.Email, Role.Admin), admin);

        var refusal = await ProblemAsync(() => UpdateAsync(new(admin.Email, Active: false), admin));
        Assert.Equal((409, "Your own account"), (refusal.Status, refusal.Title));
        await UpdateAsync(new(admin.Email, Active: true, Capacity: new(true, 1000)), admin);
        await UpdateAsync(new(other.Email, Active: false), admin);

        Assert.True((await FindAsync(admin.Id)).Active);
        Assert.False((await FindAsync(other.Id)).Active);
    }

    [Theory]
    [InlineData(Role.User, false)]
    [InlineData(Role.Moderator, true)]
    [InlineData(Role.Admin, true)]
    public async Task Who_an_admin_vouched_for_stays_confirmed_when_the_role_is_gone(Role role, bool confirmed)
    {
        await First().EnsureAsync(Cancel);
        var email = (await SignUpAsync("ann@example.org")).User.Email;

        await UpdateAsync(new(email, role));

        Assert.Equal(confirmed, (await UpdateAsync(new(email, Role.User))).EmailConfirmed);
    }

    [Fact]
    public async Task What_a_change_returns_is_what_is_stored()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);

        Assert.Equal((await UpdateAsync(new(user.Email, Capacity: new(true, 3)))).Version, (await FindAsync(user.Id)).Version);
    }

    [Fact]
    public async Task A_change_that_never_gets_its_turn_is_given_up_as_unavailable()
    {
        var user = await FindAsync((await SignUpAsync("ann@example.org")).User.Id);
        var busy = new Mock<IUserStore>();
        busy.Setup(u => u.FindAsync(user.Id, It.IsAny<CancellationToken>())).ReturnsAsync(user);
        busy.Setup(u => u.UpdateAsync(It.IsAny<User>(), It.IsAny<IReadOnlyList<AuditEntry>>(), It.IsAny<CancellationToken>())).ReturnsAsync(UpdateResult.Stale);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => busy.Object.ChangeAsync(user.Id, u => u, Cancel));
        busy.Verify(u => u.UpdateAsync(It.IsAny<User>(), It.IsAny<IReadOnlyList<AuditEntry>>(), It.IsAny<CancellationToken>()), Times.Exactly(100));
        Assert.Equal(404, (await ProblemAsync(() => busy.Object.ChangeAsync(Guid.NewGuid(), u => u, Cancel))).Status);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private AccountService Accounts => _bench.Accounts;

    private FirstAdmin First() => new(_bench.Users, _bench.Passwords, new AdminOptions("admin@example.org", "admin password"), _bench.Time);

    private Task<SessionReply> SignUpAsync(string email) => Accounts.SignUpAsync(new SignupRequest(email, Password), Cancel);

    private Task<SessionReply> LogInAsync(string email, string password) => Accounts.LogInAsync(new LoginRequest(email, password), "here", Cancel);

    private Task<User> UpdateAsync(UpdateUserRequest request, User? caller = null) => Accounts.UpdateUserAsync(caller ?? Admin, request, Cancel);

    private Task<User> FindAsync(Guid id) => _bench.FindAsync(id);

    private static Task<ProblemException> ProblemAsync(Func<Task> act) => Assert.ThrowsAsync<ProblemException>(act);
}
