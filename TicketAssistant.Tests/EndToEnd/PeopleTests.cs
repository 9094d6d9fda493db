using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>People from sign-up to a closed account, with a real SMTP server on loopback.</summary>
public sealed partial class PeopleTests : IAsyncDisposable
{
    private const string Requester = "rita@example.com";

    private readonly TempFolder _folder = new();
    private readonly LoopbackSmtpServer _smtp = new();

    [Fact]
    public async Task An_address_gets_one_welcome_and_nothing_more_until_it_is_confirmed_by_the_button()
    {
        await using var app = await StartAsync();
        var admin = await AdminAsync(app);
        var rita = await new ApiClient(app.Client).SignUpAsync(Requester);
        var welcome = await MailAsync("welcome", Requester);
        var link = Link().Match(welcome.TextBody!).Value;

        await rita.PostAndWaitAsync("Before", "Not confirmed yet.", admin);
        await WaitAsync(async () => (await admin.ListAllAsync("/api/mails?state=suppressed", "mails")).Count == 1);

        // A scanner follows the link, more than once: nothing is confirmed by that.
        var path = new Uri(link).PathAndQuery;
        for (var i = 0; i < 2; i++)
        {
            var page = await new ApiClient(app.Client).GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(Requester, page.Text, StringComparison.Ordinal);
            Assert.Contains("<form method=\"post\"", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        }

        Assert.False((await rita.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("emailConfirmed").GetBoolean());
        // A browser sends the form without a body.
        var done = await new ApiClient(app.Client).SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.True((await rita.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("emailConfirmed").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, (await new ApiClient(app.Client).SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([]))).Status);
        var token = Uri.UnescapeDataString(path.Split("token=")[1]);
        (await new ApiClient(app.Client).PostAsync("/api/auth/confirm", new { token })).IsProblem(HttpStatusCode.Conflict);

        await rita.PostAndWaitAsync("After", "Confirmed now.", admin);
        var received = await MailAsync("received", Requester);
        Assert.StartsWith("After (#", received.Subject, StringComparison.Ordinal);
        Assert.Contains("/tickets/", received.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, To(Requester).Count);
    }

    [Fact]
    public async Task Requester_and_assignee_hear_of_each_others_comments_and_of_the_end_in_one_conversation()
    {
        await using var app = await StartAsync();
        var admin = await AdminAsync(app);
        var mo = await admin.AddModeratorAsync("mo@example.com", "Kafka");
        var rita = await ConfirmedAsync(app);
        var ticket = await rita.PostAndWaitAsync("Kafka lags", "The Kafka consumer lags.", admin);
        var id = ticket.GetProperty("id").GetString();
        var received = await MailAsync("received", Requester);

        await mo.PostAsync($"/api/tickets/{id}/comments", new { body = "Do <b>restart</b> it." });
        var replied = await MailAsync("replied", Requester);
        await mo.PostAsync($"/api/tickets/{id}/comments", new { body = "The requester must not see this.", @internal = true });
        await rita.PostAsync($"/api/tickets/{id}/comments", new { body = "That helped, thank you." });
        var commented = await MailAsync("commented", "mo@example.com");
        var version = (await mo.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        await mo.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { status = "IN_PROGRESS", version });
        version = (await mo.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        Assert.Equal(HttpStatusCode.OK, (await mo.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { status = "DONE", version })).Status);
        var resolved = await MailAsync("resolved", Requester);

        Assert.Contains("Do <b>restart</b> it.", replied.TextBody, StringComparison.Ordinal);
        Assert.Contains("Do &lt;b&gt;restart&lt;/b&gt; it.", replied.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("That helped, thank you.", commented.TextBody, StringComparison.Ordinal);
        Assert.All(To(Requester), mail => Assert.DoesNotContain("must not see this", mail.ToString(), StringComparison.Ordinal));
        Assert.All([received, replied, commented, resolved], mail => Assert.Equal(received.InReplyTo, mail.InReplyTo));
        Assert.Equal($"Re: {received.Subject}", resolved.Subject);
    }

    [Fact]
    public async Task A_mail_that_was_refused_for_good_is_given_up_until_an_admin_has_it_tried_again()
    {
        await using var app = await StartAsync();
        var admin = await AdminAsync(app);
        var rita = await ConfirmedAsync(app);
        _smtp.Order(SmtpFault.NoSuchMailbox);

        await rita.PostAsync("/api/tickets", new { title = "Printer", description = "It does not print." });
        JsonElement failed = default;
        await WaitAsync(async () =>
        {
            failed = (await admin.ListAllAsync("/api/mails", "mails")).FirstOrDefault();
            return failed.ValueKind == JsonValueKind.Object;
        });
        Assert.Contains("no such mailbox", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        var (kind, to) = (failed.GetProperty("kind").GetString()!, failed.GetProperty("email").GetString()!);
        var before = _smtp.Messages.Count(mail => IsOf(mail, kind, to));

        var retry = await admin.PostAsync($"/api/mails/{failed.GetProperty("id").GetString()}/retry");
        Assert.Equal(HttpStatusCode.Accepted, retry.Status);
        Assert.Equal("owed", retry.Json.GetProperty("mail").GetProperty("state").GetString());
        await WaitAsync(() => Task.FromResult(_smtp.Messages.Count(mail => IsOf(mail, kind, to)) == before + 1));
        await WaitAsync(async () => (await admin.ListAllAsync("/api/mails?state=sent", "mails")).Exists(m => m.GetProperty("id").GetString() == failed.GetProperty("id").GetString()));
        (await admin.PostAsync($"/api/mails/{failed.GetProperty("id").GetString()}/retry")).IsProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Whoever_wants_no_mails_gets_none_and_a_server_that_is_down_holds_up_no_assignment()
    {
        await using var app = await StartAsync(LoopbackSmtpServer.UnusedPort());
        var admin = await AdminAsync(app);
        var mo = await admin.AddModeratorAsync("mo@example.com", "Kafka");
        await mo.SendAsync(HttpMethod.Patch, "/api/auth/me", new { mails = "none" });
        var rita = await new ApiClient(app.Client).SignUpAsync(Requester);
        await admin.PostAsync("/api/auth/update-user", new { email = Requester, role = "moderator" });
        await admin.PostAsync("/api/auth/update-user", new { email = Requester, role = "user" });
        rita = await rita.LogInAsync(Requester, "long enough");

        // Assigned although the mail to the requester, which comes first, can't go out.
        var ticket = await rita.PostAndWaitAsync("Kafka lags", "The Kafka consumer lags.", admin);
        Assert.Equal("mo@example.com", ticket.GetProperty("assignedTo").GetProperty("email").GetString());

        await WaitAsync(async () => (await admin.ListAllAsync("/api/mails?state=suppressed", "mails")).Exists(m =>
            m.GetProperty("kind").GetString() == "assigned" && m.GetProperty("reason").GetString() == "The recipient wants no mails about tickets."));
        await WaitAsync(async () => (await admin.ListAllAsync("/api/mails?state=owed", "mails")).Exists(m => m.GetProperty("kind").GetString() == "received"));
    }

    [Fact]
    public async Task Tickets_of_a_closed_account_go_to_others_and_counters_follow()
    {
        await using var app = await StartAsync();
        var admin = await AdminAsync(app);
        await admin.AddModeratorAsync("mo@example.com", "Kafka");
        var rita = await new ApiClient(app.Client).SignUpAsync(Requester);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await rita.PostAndWaitAsync($"Kafka lags {i}", "The Kafka consumer lags.", admin)).GetProperty("id").GetString()!);
        await admin.AddModeratorAsync("ann@example.com", "Kafka");

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/api/auth/update-user", new { email = "mo@example.com", active = false })).Status);

        foreach (var id in ids)
        {
            await admin.WaitForTicketAsync(id, t => t.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } to && to.GetProperty("email").GetString() == "ann@example.com");
            var timeline = (await admin.GetAsync($"/api/tickets/{id}/timeline")).Text;
            Assert.Contains("The account of whoever had it was closed.", timeline, StringComparison.Ordinal);
        }

        var people = await admin.ListAllAsync("/api/auth/users", "users");
        Assert.Equal(0, OpenTickets("mo@example.com"));
        Assert.Equal(3, OpenTickets("ann@example.com"));

        int OpenTickets(string email) => people.Single(p => p.GetProperty("email").GetString() == email).GetProperty("openTickets").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"http://localhost:7071/api/auth/confirm\?token=\S+")]
    private static partial Regex Link();

    private static bool IsOf(MimeMessage mail, string kind, string to) =>
        mail.MessageId!.StartsWith(kind + ".", StringComparison.Ordinal) && mail.To.Mailboxes.Single().Address == to;

    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await done()) return;
            await Task.Delay(50);
        }

        Assert.Fail("It did not come that far within 20 s.");
    }

    private static Task<ApiClient> AdminAsync(LocalHostHarness app) => new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);

    private async Task<ApiClient> ConfirmedAsync(LocalHostHarness app)
    {
        var rita = await new ApiClient(app.Client).SignUpAsync(Requester);
        var link = Link().Match((await MailAsync("welcome", Requester)).TextBody!).Value;
        var token = Uri.UnescapeDataString(link.Split("token=")[1]);
        var confirmed = await new ApiClient(app.Client).PostAsync("/api/auth/confirm", new { token });
        Assert.Equal(Requester, confirmed.Json.GetProperty("email").GetString());
        return rita;
    }

    private List<MimeMessage> To(string address) => [.. _smtp.Messages.Where(mail => mail.To.Mailboxes.Single().Address == address)];

    private async Task<MimeMessage> MailAsync(string kind, string to)
    {
        await WaitAsync(() => Task.FromResult(_smtp.Messages.Any(mail => IsOf(mail, kind, to))));
        return _smtp.Messages.First(mail => IsOf(mail, kind, to));
    }

    private Task<LocalHostHarness> StartAsync(int? port = null) => InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
    {
        ["Smtp__Host"] = "127.0.0.1",
        ["Smtp__Port"] = (port ?? _smtp.Port).ToString(CultureInfo.InvariantCulture),
        ["Smtp__Security"] = "None",
        ["Smtp__TimeoutSeconds"] = "5",
    });
}
