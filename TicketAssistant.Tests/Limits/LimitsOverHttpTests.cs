using System.Net;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Limits;

/// <summary>The limits as a client meets them: 429 with problem details and Retry-After, and nothing of it when turned off.</summary>
public sealed class LimitsOverHttpTests
{
    [Fact]
    public async Task An_address_opens_only_so_many_accounts_an_hour()
    {
        using var folder = new TempFolder();
        await using var app = await StartAsync(folder, ("SignupsPerHour", "2"), ("AddressFrom", "X-Client"));
        var client = new ApiClient(app.Client);

        foreach (var i in (int[])[1, 2]) Assert.Equal(HttpStatusCode.Created, (await SignUpAsync(i, "203.0.113.7:40001")).Status);
        var refused = await SignUpAsync(3, "203.0.113.7:40002");
        Assert.Equal(HttpStatusCode.Created, (await SignUpAsync(4, "203.0.113.8:40002")).Status);

        AssertTooMany(refused, 1, 1800);
        AssertTooMany(await SignUpAsync(3, "6.6.6.6, 203.0.113.7"), 1, 1800); // what the client made up comes first

        Task<ApiReply> SignUpAsync(int i, string from) =>
            client.PostAsync("/api/auth/signup", new { email = $"u{i}@example.org", password = "long enough" }, ("X-Client", from));
    }

    [Fact]
    public async Task A_user_posts_only_so_many_tickets_a_minute_and_others_are_not_slowed()
    {
        using var folder = new TempFolder();
        await using var app = await StartAsync(folder, ("TicketsPerMinute", "3"));
        var (ann, bob) = (await new ApiClient(app.Client).SignUpAsync("ann@example.org"), await new ApiClient(app.Client).SignUpAsync("bob@example.org"));

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Created, (await PostAsync(ann)).Status);

        AssertTooMany(await PostAsync(ann), 1, 20);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(bob)).Status);
    }

    [Fact]
    public async Task An_address_posts_only_so_many_tickets_a_minute_whoever_as()
    {
        using var folder = new TempFolder();
        await using var app = await StartAsync(folder, ("TicketsPerMinutePerAddress", "3"));
        var people = new List<ApiClient>();
        for (var i = 0; i < 4; i++) people.Add(await new ApiClient(app.Client).SignUpAsync($"u{i}@example.org"));

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Created, (await PostAsync(people[i])).Status);

        AssertTooMany(await PostAsync(people[3]), 1, 20);
    }

    [Fact]
    public async Task Log_ins_that_fail_are_slowed_alike_for_known_and_unknown_and_a_token_goes_on_working()
    {
        using var folder = new TempFolder();
        await using var app = await StartAsync(folder, ("FreeLogins", "3"));
        var client = new ApiClient(app.Client);
        var ann = await client.SignUpAsync("ann@example.org");

        var answers = new List<(HttpStatusCode, string)>();
        foreach (var email in (string[])["ann@example.org", "nobody@example.org"])
        {
            for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await LogInAsync(email, "wrong password")).Status);
            var refused = await LogInAsync(email, "wrong password");
            AssertTooMany(refused, 1, 2);
            answers.Add((refused.Status, refused.Json.GetProperty("title").GetString()!));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogInAsync("ann@example.org", "long enough")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/api/auth/me")).Status);
        await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync("ann@example.org", "long enough")).Status);

        Task<ApiReply> LogInAsync(string email, string password) => client.PostAsync("/api/auth/login", new { email, password });
    }

    [Fact]
    public async Task An_open_browser_is_no_place_to_guess_the_old_password_either()
    {
        using var folder = new TempFolder();
        await using var app = await StartAsync(folder, ("FreeLogins", "3"));
        var ann = await new ApiClient(app.Client).SignUpAsync("ann@example.org");

        for (var i = 0; i < 3; i++) (await ChangeAsync("not this one")).IsProblem(HttpStatusCode.BadRequest);

        AssertTooMany(await ChangeAsync("long enough"), 1, 2);

        Task<ApiReply> ChangeAsync(string oldPassword) => ann.SendAsync(HttpMethod.Patch, "/api/auth/me", new { password = "another one", oldPassword });
    }

    [Fact]
    public async Task Turned_off_nothing_is_limited()
    {
        using var folder = new TempFolder();
        await using var app = await InProcessApp.StartAsync(folder.Path, new Dictionary<string, string?>
        {
            ["RateLimits__Enabled"] = "false",
            ["RateLimits__SignupsPerHour"] = "1",
            ["RateLimits__TicketsPerMinute"] = "1",
            ["RateLimits__FreeLogins"] = "1",
        });
        var client = new ApiClient(app.Client);
        var ann = await client.SignUpAsync("ann@example.org");
        await client.SignUpAsync("bob@example.org");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await PostAsync(ann)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/auth/login", new { email = "ann@example.org", password = "wrong password" })).Status);
        }
    }

    private static Task<ApiReply> PostAsync(ApiClient client) => client.PostAsync("/api/tickets", new { title = "Printer", description = "It does not print." });

    private static void AssertTooMany(ApiReply reply, int least, int most)
    {
        reply.IsProblem(HttpStatusCode.TooManyRequests);
        Assert.InRange((int)reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds, least, most);
    }

    private static Task<LocalHostHarness> StartAsync(TempFolder folder, params (string Name, string Value)[] limits)
    {
        var settings = limits.ToDictionary(l => $"RateLimits__{l.Name}", l => (string?)l.Value);
        settings["RateLimits__Enabled"] = "true";
        return InProcessApp.StartAsync(folder.Path, settings);
    }
}
