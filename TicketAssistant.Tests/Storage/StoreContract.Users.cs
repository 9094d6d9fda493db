using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_stored_user_comes_back_as_it_was()
    {
        var user = NewUser("ann@example.org", Role.Moderator, "C#", "日本語") with { Away = true, Capacity = 0, TokenVersion = 3 };
        await Users.InsertIfAbsentAsync(user, Cancel);

        Assert.Equivalent(user, await Users.FindAsync(user.Id, Cancel), strict: true);
        Assert.Equivalent(user, await Users.FindByEmailAsync("ann@example.org", Cancel), strict: true);
    }

    [Fact]
    public async Task An_unknown_user_is_null()
    {
        Assert.Null(await Users.FindAsync(Guid.NewGuid(), Cancel));
        Assert.Null(await Users.FindByEmailAsync("nobody@example.org", Cancel));
    }

    [Fact]
    public async Task Of_32_sign_ups_with_one_address_at_once_one_wins()
    {
        var won = await TogetherAsync(32, i => Users.InsertIfAbsentAsync(NewUser("ann@example.org") with { Name = $"{i}" }, Cancel));

        var winner = Array.IndexOf(won, true);
        Assert.Single(won, true);
        Assert.Equal($"{winner}", (await Users.FindByEmailAsync("ann@example.org", Cancel))!.Name);
    }

    [Fact]
    public async Task A_taken_id_is_refused_and_changes_nothing()
    {
        var ann = await AddUserAsync("ann@example.org");

        Assert.False(await Users.InsertIfAbsentAsync(NewUser("eve@example.org") with { Id = ann.Id }, Cancel));

        Assert.Equal("ann@example.org", (await UserAsync(ann)).Email);
        Assert.Null(await Users.FindByEmailAsync("eve@example.org", Cancel));
    }

    [Fact]
    public async Task An_update_replaces_what_it_may_and_raises_the_version()
    {
        var ann = await AddUserAsync("ann@example.org");
        var change = ann with
        {
            Name = "Ann B.",
            PasswordHash = "other",
            Role = Role.Moderator,
            Skills = ["go"],
            Away = true,
            Capacity = 7,
            TokenVersion = 2,
        };

        var result = await Users.UpdateAsync(
            change with { Email = "eve@example.org", CreatedAt = Now.AddDays(1), OpenTickets = 99, LastAssignedAt = Now }, Cancel);

        Assert.Equal(UpdateResult.Updated, result);
        Assert.Equivalent(change with { Version = 2 }, await UserAsync(ann), strict: true);
    }

    [Fact]
    public async Task An_update_from_an_old_version_is_stale_and_changes_nothing()
    {
        var ann = await AddUserAsync("ann@example.org");
        await Users.UpdateAsync(ann with { Name = "First" }, Cancel);

        Assert.Equal(UpdateResult.Stale, await Users.UpdateAsync(ann with { Name = "Second" }, Cancel));
        Assert.Equal(UpdateResult.Stale, await Users.UpdateAsync(NewUser("gone@example.org"), Cancel));

        Assert.Equal("First", (await UserAsync(ann)).Name);
    }

    [Fact]
    public async Task Of_200_concurrent_changes_with_retry_none_is_lost()
    {
        var ann = await AddUserAsync("ann@example.org");

        await TogetherAsync(200, async _ =>
        {
            User current;
            do current = await UserAsync(ann);
            while (await Users.UpdateAsync(current with { TokenVersion = current.TokenVersion + 1 }, Cancel) == UpdateResult.Stale);
            return true;
        });

        var after = await UserAsync(ann);
        Assert.Equal(201, after.TokenVersion);
        Assert.Equal(201, after.Version);
    }

    [Fact]
    public async Task Of_30_concurrent_changes_of_skills_with_retry_none_is_lost()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);

        await TogetherAsync(30, async i =>
        {
            User current;
            do current = await UserAsync(mod);
            while (await Users.UpdateAsync(current with { Skills = [.. current.Skills, $"{i}"] }, Cancel) == UpdateResult.Stale);
            return true;
        });

        Assert.Equal(30, (await UserAsync(mod)).Skills.Count);
    }

    [Fact]
    public async Task The_last_admin_keeps_the_role()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        Assert.Equal(UpdateResult.LastAdmin, await Users.UpdateAsync(admin with { Role = Role.Moderator, Name = "x" }, Cancel));
        Assert.Equivalent(admin, await UserAsync(admin), strict: true);
        Assert.Equal(UpdateResult.Updated, await Users.UpdateAsync(admin with { Away = true }, Cancel));
    }

    [Fact]
    public async Task Two_admins_demoted_at_once_leave_one()
    {
        var last = await AddUserAsync("a@example.org", Role.Admin);
        for (var round = 0; round < 20; round++)
        {
            User[] admins = [last, await AddUserAsync($"b{round}@example.org", Role.Admin)];

            var results = await TogetherAsync(2, i => Users.UpdateAsync(admins[i] with { Role = Role.User }, Cancel));

            Assert.Single(results, UpdateResult.Updated);
            Assert.Single(results, UpdateResult.LastAdmin);
            last = Assert.Single((await Users.ListAsync(new UserQuery(Role.Admin), Cancel)).Items);
        }
    }

    [Fact]
    public async Task Users_are_listed_by_address_page_by_page_and_stable_under_inserts()
    {
        foreach (var name in "fbdhjl") await AddUserAsync($"{name}@example.org");

        var first = await Users.ListAsync(new UserQuery(Limit: 3), Cancel);
        await AddUserAsync("a@example.org");
        await AddUserAsync("k@example.org");
        var second = await Users.ListAsync(new UserQuery(Limit: 4, Cursor: first.Next), Cancel);

        Assert.Equal("bdf", string.Concat(first.Items.Select(u => u.Email[0])));
        Assert.Equal("hjkl", string.Concat(second.Items.Select(u => u.Email[0])));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Users_are_found_by_role_and_by_the_beginnings_of_words_in_address_or_name()
    {
        await AddUserAsync("ann@example.org", Role.Moderator);
        await AddUserAsync("hannah@example.org");
        await Users.InsertIfAbsentAsync(NewUser("bob@example.org") with { Name = "100% Anne Müller" }, Cancel);

        Assert.Equal(["ann", "bob"], await Find(new UserQuery(Text: "ANN")));
        Assert.Equal(["bob"], await Find(new UserQuery(Text: "mÜll example ann")));
        Assert.Equal(["bob"], await Find(new UserQuery(Text: "10%")));
        Assert.Equal(["ann"], await Find(new UserQuery(Text: "ann@example.org", Limit: 1)));
        Assert.Empty(await Find(new UserQuery(Text: "nn")));
        Assert.Empty(await Find(new UserQuery(Text: "ann nobody")));
        Assert.Equal(["ann", "bob", "hannah"], await Find(new UserQuery(Text: @"%_\")));
        Assert.Equal(["ann"], await Find(new UserQuery(Role.Moderator, "ann")));
        Assert.Equal(["ann"], await Find(new UserQuery(Role.Moderator)));

        async Task<IEnumerable<string>> Find(UserQuery query) =>
            (await Users.ListAsync(query, Cancel)).Items.Select(u => u.Email.Split('@')[0]);
    }

    [Fact]
    public async Task The_directory_version_grows_when_the_staff_or_its_skills_change_and_only_then()
    {
        var version = await Users.GetDirectoryVersionAsync(Cancel);
        var ann = await AddUserAsync("ann@example.org");
        await Change(u => u with { Skills = ["c#"] }, grows: false);
        await Change(u => u with { Role = Role.Moderator }, grows: true);
        await Change(u => u with { Skills = ["c#", "go"] }, grows: true);
        await Change(u => u with { Name = "x", Away = true, Capacity = 3, TokenVersion = 9 }, grows: false);
        await Change(u => u with { Role = Role.User }, grows: true);

        await AddUserAsync("admin@example.org", Role.Admin);
        Assert.True(await Users.GetDirectoryVersionAsync(Cancel) > version);

        async Task Change(Func<User, User> change, bool grows)
        {
            Assert.Equal(UpdateResult.Updated, await Users.UpdateAsync(change(await UserAsync(ann)), Cancel));
            var now = await Users.GetDirectoryVersionAsync(Cancel);
            Assert.Equal(grows, now > version);
            version = now;
        }
    }

    [Fact]
    public async Task The_staff_are_all_moderators_and_admins_away_or_not()
    {
        await AddUserAsync("user@example.org");
        var away = NewUser("away@example.org", Role.Moderator) with { Away = true };
        await Users.InsertIfAbsentAsync(away, Cancel);
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        Assert.Equal([admin.Id, away.Id], (await Users.ListStaffAsync(Cancel)).OrderBy(u => u.Email).Select(u => u.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("dA")]
    [InlineData("____")]
    public async Task A_malformed_cursor_is_a_format_error(string cursor)
    {
        await Assert.ThrowsAsync<FormatException>(() => Users.ListAsync(new UserQuery(Cursor: cursor), Cancel));
        await Assert.ThrowsAsync<FormatException>(() => Tickets.ListAsync(new TicketQuery { Cursor = cursor }, Cancel));
    }
}
