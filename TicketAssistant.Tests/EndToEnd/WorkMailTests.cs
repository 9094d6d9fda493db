using System.Text.Json;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>Whom work on a ticket tells by mail: everybody whom it concerns, and nobody of what they did themselves.</summary>
public sealed class WorkMailTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _names = [];
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _ann = null!;
    private ApiClient _bob = null!;
    private ApiClient _user = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(_folder.Path);
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _ann = await _admin.AddModeratorAsync("ann@example.com", "Kafka");
        // An address gets mail once it is confirmed; being made a moderator does that, too.
        await _admin.AddModeratorAsync("user@example.com");
        await _admin.PostAsync("/api/auth/update-user", new { email = "user@example.com", role = "user" });
        _user = await new ApiClient(_app.Client).LogInAsync("user@example.com", "long enough");
        _id = (await _user.PostAndWaitAsync("Kafka lags", "The Kafka consumer group lags.", _admin)).GetProperty("id").GetString()!;
        _bob = await _admin.AddModeratorAsync("bob@example.com", "Kafka");
        foreach (var person in (await _admin.ListAllAsync("/api/auth/users", "users")))
            _names[Guid.Parse(person.GetProperty("id").GetString()!).ToString("N")] = person.GetProperty("name").GetString()!;
        await ToldAsync("assigned ann 1", "received user 1");
    }

    [Fact]
    public async Task Each_comment_tells_the_other_side()
    {
        await CommentAsync(_ann, "Which one?");
        await ToldAsync("replied user 4");
        await CommentAsync(_user, "The second.");
        await ToldAsync("commented ann 5");
        await CommentAsync(_bob, "I had this one.", isInternal: true);
        await ToldAsync("commented ann 6");
        await CommentAsync(_admin, "We are at it.");
        await ToldAsync("commented ann 7", "replied user 7");
        await CommentAsync(_ann, "Nobody is told of this.", isInternal: true);
        await QuietAsync();
    }

    [Fact]
    public async Task Giving_it_on_tells_the_new_one_and_closing_the_requester_and_reopening_the_assignee()
    {
        await PatchAsync(_ann, new { status = "IN_PROGRESS", priority = "urgent" });
        await QuietAsync();
        await PatchAsync(_ann, new { assignedTo = await IdAsync(_bob) });
        await ToldAsync("assigned bob 2");
        await PatchAsync(_bob, new { status = "DONE" });
        await ToldAsync("resolved user 7");
        await PatchAsync(_user, new { status = "TODO" });
        await ToldAsync("assigned bob 3");
        await PatchAsync(_admin, new { assignedTo = "me" });
        await QuietAsync();
        await PatchAsync(_user, new { status = "DONE" });
        await QuietAsync();
        await CommentAsync(_user, "It came back.");
        await ToldAsync("commented Admin 11");
        // There is no other mail that tells the admin that it is open again.
        var mail = await MimeMessage.LoadAsync(Directory.GetFiles(Path.Combine(_folder.Path, "mail"), "commented.*.11@*").Single());
        Assert.StartsWith("Answered, and open again", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_sees_in_the_timeline_who_was_told_on_whatever_page_and_the_requester_does_not()
    {
        await CommentAsync(_ann, "Which one?");
        await ToldAsync("replied user 4");
        await CommentAsync(_user, "The second.");
        await ToldAsync("commented ann 5");

        foreach (var limit in new[] { 1, 2, 100 })
        {
            var entries = new List<JsonElement>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = (await _admin.GetAsync($"/api/tickets/{_id}/timeline?limit={limit}{cursor}")).Json;
                entries.AddRange(page.GetProperty("entries").EnumerateArray());
                cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
            }

            // When the requester heard that it is here, compared with the triage, is nobody's business.
            entries.RemoveAll(e => e.TryGetProperty("field", out var field) && field.GetString() == "received");
            Assert.Equal(
                ["1", "2", "3", "assigned ann", "4", "replied user", "5", "commented ann"],
                entries.Select(e => e.TryGetProperty("seq", out var seq) ? seq.GetRawText() : $"{e.GetProperty("field")} {e.GetProperty("to")}"));
        }

        Assert.DoesNotContain("mailed", (await _user.GetAsync($"/api/tickets/{_id}/timeline")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_back_tells_whom_it_goes_to()
    {
        await PatchAsync(_ann, new { assignedTo = (string?)null });
        await ToldAsync("assigned bob 2");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private readonly List<string> _told = [];

    /// <summary>Exactly these further mails go out: kind, to whom, and what it tells of.</summary>
    private async Task ToldAsync(params string[] mails)
    {
        _told.AddRange(mails);
        await QuietAsync();
    }

    private async Task QuietAsync()
    {
        var ledger = new SqliteLedger(_folder.Path);
        List<string> sent = [];
        for (var i = 0; i < 200; i++)
        {
            sent = [.. ledger.SentOfAllKinds().Where(id => !id.StartsWith("welcome.", StringComparison.Ordinal)).Select(Describe).Order()];
            if (sent.Count >= _told.Count && ledger.Effects() == 0 && ledger.Owed().Count == 0) break;
            await Task.Delay(50);
        }

        Assert.Equal(_told.Order(), sent);
    }

    private string Describe(string messageId)
    {
        var parts = messageId.Split('@')[0].Split('.');
        return $"{parts[0]} {_names[parts[2]]} {parts[3]}";
    }

    private async Task PatchAsync(ApiClient who, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!;
        body["version"] = (await _admin.GetAsync($"/api/tickets/{_id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        var reply = await who.SendAsync(HttpMethod.Patch, $"/api/tickets/{_id}", body.ToJsonString());
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Text);
    }

    private async Task CommentAsync(ApiClient who, string body, bool isInternal = false) => Assert.Equal(
        System.Net.HttpStatusCode.Created, (await who.PostAsync($"/api/tickets/{_id}/comments", new { body, @internal = isInternal })).Status);

    private static async Task<string> IdAsync(ApiClient who) => (await who.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString()!;
}
