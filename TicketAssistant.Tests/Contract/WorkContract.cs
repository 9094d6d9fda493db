using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

/// <summary>Working a ticket: who may change what, comments, the timeline, feedback, candidates.</summary>
[Collection("contract")]
public sealed class WorkContract(ContractFixture app)
{
    private static readonly string[] Statuses = ["TODO", "IN_PROGRESS", "WAITING", "DONE"];

    [Fact]
    public async Task The_assignee_changes_everything_and_the_timeline_tells_it()
    {
        var (user, moderator, ticket) = await AssignedAsync();

        var reply = await PatchAsync(moderator, ticket, new { status = "IN_PROGRESS", priority = "urgent", type = "security", relatedSkills = new[] { "VPN", " vpn ", "Go" } });

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var changed = reply.Json.GetProperty("ticket");
        Assert.Equal(
            ("IN_PROGRESS", "urgent", "security", "VPN,Go"),
            (Text(changed, "status"), Text(changed, "priority"), Text(changed, "type"), string.Join(',', Strings(changed.GetProperty("relatedSkills")))));
        Assert.Equal(ticket.GetProperty("version").GetInt64() + 1, changed.GetProperty("version").GetInt64());
        Assert.Equal(["type", "priority", "relatedSkills"], Strings(changed.GetProperty("humanSet")));
        Assert.NotEqual(JsonValueKind.Null, changed.GetProperty("firstResponseAt").ValueKind);
        Assert.Equal(Text(ticket, "type"), Text(changed.GetProperty("triage").GetProperty("proposed"), "type"));

        var entries = await TimelineAsync(moderator, ticket);
        Assert.Equal(
            ["1 created person", "2 triaged offline", "3 assigned system", "4 corrected person", "5 corrected person", "6 corrected person", "7 changed person"],
            entries.Select(e => $"{e.GetProperty("seq")} {Text(e, "kind")} {Text(e.GetProperty("actor"), "kind")}"));
        Assert.Equal(("status", "TODO", "IN_PROGRESS"), (Text(entries[6], "field"), Text(entries[6], "from"), Text(entries[6], "to")));
        Assert.NotEqual("", Text(entries[2], "reason"));

        // The requester sees what was done and not why, nor that the analysis was wrong.
        var seen = await TimelineAsync(user, ticket);
        Assert.Equal(7, seen.Count);
        Assert.All(seen, e => Assert.False(e.TryGetProperty("reason", out _)));
        Assert.DoesNotContain("corrected", seen.Select(e => Text(e, "kind")));
        var theirs = (await user.GetAsync(Path(ticket))).Json.GetProperty("ticket");
        Assert.All(["humanSet", "feedback", "assignment", "helpfulNotes"], hidden => Assert.False(theirs.TryGetProperty(hidden, out _)));
        Assert.False(theirs.GetProperty("triage").TryGetProperty("proposed", out _));
    }

    [Fact]
    public async Task A_change_from_a_stale_version_is_refused_with_the_current_one()
    {
        var (_, moderator, ticket) = await AssignedAsync();
        var first = await PatchAsync(moderator, ticket, new { status = "IN_PROGRESS" });

        var problem = (await PatchAsync(app.Admin, ticket, new { status = "DONE" })).IsProblem(HttpStatusCode.Conflict);

        Assert.Equal(first.Json.GetProperty("ticket").GetProperty("version").GetInt64(), problem.GetProperty("version").GetInt64());
        Assert.Equal("IN_PROGRESS", Text(await TicketAsync(ticket), "status"));
    }

    [Fact]
    public async Task What_is_as_asked_for_already_changes_nothing()
    {
        var (_, moderator, ticket) = await AssignedAsync();

        var reply = await PatchAsync(moderator, ticket, new { status = "TODO", priority = Text(ticket, "priority"), assignedTo = "me" });

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(ticket.GetProperty("version").GetInt64(), reply.Json.GetProperty("ticket").GetProperty("version").GetInt64());
        Assert.Empty(Strings(reply.Json.GetProperty("ticket").GetProperty("humanSet")));
    }

    [Theory]
    [InlineData("""{"status":"DONE"}""", "version")]
    [InlineData("""{"version":"1","status":"DONE"}""", "version")]
    [InlineData("""{"version":V}""", "body")]
    [InlineData("""{"version":V,"status":null}""", "body")]
    [InlineData("""{"version":V,"status":"CLOSED"}""", "status")]
    [InlineData("""{"version":V,"status":3}""", "status")]
    [InlineData("""{"version":V,"priority":"asap"}""", "priority")]
    [InlineData("""{"version":V,"type":"x"}""", "type")]
    [InlineData("""{"version":V,"relatedSkills":["a",""]}""", "relatedSkills[1]")]
    [InlineData("""{"version":V,"relatedSkills":["1","2","3","4","5","6","7","8","9"]}""", "relatedSkills")]
    [InlineData("""{"version":V,"relatedSkills":"Go"}""", "relatedSkills")]
    [InlineData("""{"version":V,"assignedTo":"somebody"}""", "assignedTo")]
    [InlineData("""{"version":V,"assignedTo":7}""", "assignedTo")]
    [InlineData("""{"version":V,"assignedTo":"0193a5c1-0000-7000-8000-000000000000"}""", "assignedTo")]
    [InlineData("""{"version":V,"title":"x"}""", "title")]
    [InlineData("""{"version":V,"createdBy":"me"}""", "createdBy")]
    public async Task A_bad_change_is_refused_with_the_field(string body, string field)
    {
        var (_, moderator, ticket) = await AssignedAsync();
        var version = ticket.GetProperty("version").GetRawText();

        var problem = (await moderator.SendAsync(HttpMethod.Patch, Path(ticket), body.Replace("V", version, StringComparison.Ordinal)))
            .IsProblem(HttpStatusCode.BadRequest);

        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name == field);
        Assert.Equal(version, (await TicketAsync(ticket)).GetProperty("version").GetRawText());
    }

    [Fact]
    public async Task A_user_is_not_given_a_ticket()
    {
        var (user, moderator, ticket) = await AssignedAsync();
        var me = (await user.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString();

        (await PatchAsync(moderator, ticket, new { assignedTo = me })).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Each_status_leads_only_where_it_may()
    {
        var (user, moderator, ticket) = await AssignedAsync();
        var requester = new Dictionary<string, string[]> { ["TODO"] = ["DONE"], ["IN_PROGRESS"] = ["DONE"], ["WAITING"] = ["DONE"], ["DONE"] = ["TODO"] };
        foreach (var from in Statuses)
        {
            foreach (var to in Statuses.Where(to => to != from))
            {
                await SetAsync(from);
                Assert.Equal(from == "DONE" && to == "WAITING" ? HttpStatusCode.Conflict : HttpStatusCode.OK, (await PatchNowAsync(moderator, to)).Status);
                await SetAsync(from);
                Assert.Equal(requester[from].Contains(to) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await PatchNowAsync(user, to)).Status);
            }
        }

        async Task SetAsync(string status)
        {
            // Through a status that leads everywhere.
            if (Text(await TicketAsync(ticket), "status") == status) return;
            await PatchNowAsync(app.Admin, "IN_PROGRESS");
            await PatchNowAsync(app.Admin, status);
            Assert.Equal(status, Text(await TicketAsync(ticket), "status"));
        }

        async Task<ApiReply> PatchNowAsync(ApiClient who, string status) => await PatchAsync(who, await TicketAsync(ticket), new { status });
    }

    [Fact]
    public async Task The_requester_only_closes_and_reopens()
    {
        var (user, _, ticket) = await AssignedAsync();

        foreach (var body in new object[] { new { priority = "low" }, new { type = "bug" }, new { relatedSkills = new[] { "x" } }, new { assignedTo = "me" }, new { status = "DONE", priority = "low" } })
        {
            (await PatchAsync(user, ticket, body)).IsProblem(HttpStatusCode.Forbidden);
        }

        var closed = (await PatchAsync(user, ticket, new { status = "DONE" })).Json.GetProperty("ticket");
        Assert.NotEqual(JsonValueKind.Null, closed.GetProperty("resolvedAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, closed.GetProperty("firstResponseAt").ValueKind);
        var reopened = (await PatchAsync(user, closed, new { status = "TODO" })).Json.GetProperty("ticket");
        Assert.Equal("TODO", Text(reopened, "status"));
        Assert.Equal(JsonValueKind.Null, reopened.GetProperty("resolvedAt").ValueKind);
        Assert.Equal(Text(ticket.GetProperty("assignedTo"), "id"), Text(reopened.GetProperty("assignedTo"), "id"));
    }

    [Fact]
    public async Task A_moderator_takes_what_nobody_has_and_changes_nothing_of_anybody_else()
    {
        var (_, moderator, ticket) = await AssignedAsync();
        var (_, other, _) = await AssignedAsync();
        (await PatchAsync(other, ticket, new { status = "IN_PROGRESS" })).IsProblem(HttpStatusCode.Forbidden);
        (await PatchAsync(other, ticket, new { assignedTo = "me" })).IsProblem(HttpStatusCode.Forbidden);

        var mine = await UnassignedAsync();
        (await PatchAsync(other, mine, new { priority = "low" })).IsProblem(HttpStatusCode.Forbidden);
        (await PatchAsync(other, mine, new { assignedTo = "me", status = "IN_PROGRESS" })).IsProblem(HttpStatusCode.Forbidden);
        (await PatchAsync(other, mine, new { assignedTo = await IdAsync(moderator) })).IsProblem(HttpStatusCode.Forbidden);
        var taken = await PatchAsync(other, mine, new { assignedTo = "me" });
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Equal(await IdAsync(other), Text(taken.Json.GetProperty("ticket").GetProperty("assignedTo"), "id"));
        Assert.Equal(["assignedTo"], Strings(taken.Json.GetProperty("ticket").GetProperty("humanSet")));
        (await PatchAsync(moderator, mine, new { assignedTo = "me" })).IsProblem(HttpStatusCode.Conflict); // a stale version
    }

    [Fact]
    public async Task A_ticket_is_given_on_with_both_counters()
    {
        var (_, moderator, ticket) = await AssignedAsync();
        var (_, other, _) = await AssignedAsync();

        var given = (await PatchAsync(moderator, ticket, new { assignedTo = await IdAsync(other) })).Json.GetProperty("ticket");

        Assert.Equal((0, 2), (await OpenAsync(moderator), await OpenAsync(other)));
        Assert.Contains("Given to", Text(given.GetProperty("assignment"), "reason"), StringComparison.Ordinal);
        var entry = (await TimelineAsync(other, ticket))[^1];
        Assert.Equal(("corrected", "assignedTo"), (Text(entry, "kind"), Text(entry, "field")));
        (await PatchAsync(moderator, given, new { status = "DONE" })).IsProblem(HttpStatusCode.Forbidden); // no longer theirs
        var done = (await PatchAsync(other, given, new { status = "DONE" })).Json.GetProperty("ticket");
        Assert.Equal(1, await OpenAsync(other));
        (await PatchAsync(app.Admin, done, new { assignedTo = await IdAsync(moderator) })).IsProblem(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(app.Admin, done, new { assignedTo = await IdAsync(moderator), status = "TODO" })).Status);
        Assert.Equal((1, 1), (await OpenAsync(moderator), await OpenAsync(other)));
    }

    [Fact]
    public async Task What_is_given_back_is_handed_out_to_somebody_else()
    {
        var skill = ContractFixture.NewSkill();
        var first = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), skill);
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync($"{skill} fails", $"Our {skill} server fails.", app.Admin);
        var second = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), skill);
        await PatchAsync(first, ticket, new { status = "IN_PROGRESS" });

        var back = (await PatchAsync(first, await TicketAsync(ticket), new { assignedTo = (string?)null })).Json.GetProperty("ticket");

        Assert.Equal("TODO", Text(back, "status"));
        var secondId = await IdAsync(second);
        var after = await app.Admin.WaitForTicketAsync(Text(ticket, "id"), t => t.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } to && Text(to, "id") == secondId);
        Assert.Equal((0, 1), (await OpenAsync(first), await OpenAsync(second)));

        // Given back by all who fit, it is an admin's.
        await PatchAsync(second, after, new { assignedTo = (string?)null });
        await app.Admin.WaitForTicketAsync(Text(ticket, "id"), t =>
            t.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } to && Text(to, "id") != secondId);
        Assert.Equal((0, 0), (await OpenAsync(first), await OpenAsync(second)));
    }

    [Theory]
    [InlineData("IN_PROGRESS")]
    [InlineData("WAITING")]
    public async Task Nobody_is_at_work_on_what_nobody_has(string status)
    {
        var ticket = await UnassignedAsync();

        (await PatchAsync(app.Admin, ticket, new { status })).IsProblem(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(app.Admin, ticket, new { status, assignedTo = "me" })).Status);
    }

    [Fact]
    public async Task A_comment_is_there_for_both_sides()
    {
        var (user, moderator, ticket) = await AssignedAsync();

        var answer = await CommentAsync(moderator, ticket, new { body = "  Which server?\n<b>Größe</b> 😀 " });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("Which server?\n<b>Größe</b> 😀", Text(answer.Json.GetProperty("entry"), "body"));
        Assert.NotEqual(JsonValueKind.Null, answer.Json.GetProperty("ticket").GetProperty("firstResponseAt").ValueKind);
        Assert.Equal(HttpStatusCode.Created, (await CommentAsync(user, ticket, new { body = "The second one." })).Status);

        foreach (var who in new[] { user, moderator })
        {
            var comments = (await TimelineAsync(who, ticket)).Where(e => Text(e, "kind") == "comment").ToList();
            Assert.Equal(["Which server?\n<b>Größe</b> 😀", "The second one."], comments.Select(e => Text(e, "body")));
            Assert.All(comments, e => Assert.Equal("person", Text(e.GetProperty("actor"), "kind")));
        }
    }

    [Fact]
    public async Task Internal_comments_never_reach_the_requester()
    {
        var (user, moderator, ticket) = await AssignedAsync();
        const string secret = "between-us-only";
        var made = await CommentAsync(moderator, ticket, new { body = secret, @internal = true });
        Assert.Equal(JsonValueKind.Null, made.Json.GetProperty("ticket").GetProperty("firstResponseAt").ValueKind);
        await moderator.PostAsync($"{Path(ticket)}/feedback", new { helpful = false, reason = secret });
        await CommentAsync(moderator, ticket, new { body = "For all." });

        for (var limit = 1; limit <= 3; limit++)
        {
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await user.GetAsync($"{Path(ticket)}/timeline?limit={limit}{cursor}");
                Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
                cursor = page.Json.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
            }
        }

        foreach (var path in new[] { Path(ticket), "/api/tickets", $"{Path(ticket)}/triage", $"/api/tickets?q={secret}" })
            Assert.DoesNotContain(secret, (await user.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains("For all.", (await user.GetAsync($"{Path(ticket)}/timeline")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await TimelineAsync(moderator, ticket)).Count(e => e.GetProperty("internal").GetBoolean()));
        (await CommentAsync(user, ticket, new { body = "x", @internal = true })).IsProblem(HttpStatusCode.Forbidden);
        (await user.PostAsync($"{Path(ticket)}/feedback", new { helpful = true })).IsProblem(HttpStatusCode.Forbidden);
        (await user.GetAsync($"{Path(ticket)}/candidates")).IsProblem(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"body":""}""", "body")]
    [InlineData("""{"body":"  "}""", "body")]
    [InlineData("""{"body":"a\u0000b"}""", "body")]
    [InlineData("""{"body":null}""", "body")]
    [InlineData("""{}""", "body")]
    [InlineData("""{"body":"x","internal":"yes"}""", "internal")]
    [InlineData("""{"body":"x","author":"me"}""", "author")]
    public async Task A_bad_comment_is_refused_with_the_field(string body, string field)
    {
        var (user, _, ticket) = await AssignedAsync();

        var problem = (await user.PostAsync($"{Path(ticket)}/comments", body)).IsProblem(HttpStatusCode.BadRequest);

        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name == field);
    }

    [Fact]
    public async Task A_comment_has_at_most_10000_characters()
    {
        var (user, _, ticket) = await AssignedAsync();
        (await CommentAsync(user, ticket, new { body = new string('x', 10_001) })).IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.Created, (await CommentAsync(user, ticket, new { body = new string('x', 10_000) })).Status);
    }

    [Theory]
    [InlineData("WAITING", "IN_PROGRESS")]
    [InlineData("DONE", "TODO")]
    [InlineData("TODO", "TODO")]
    public async Task A_requester_who_writes_has_not_got_what_they_need(string before, string after)
    {
        var (user, moderator, ticket) = await AssignedAsync();
        if (before != "TODO") await PatchAsync(moderator, ticket, new { status = before });
        await CommentAsync(moderator, ticket, new { body = "Staff changes nothing by writing." });
        Assert.Equal(before, Text(await TicketAsync(ticket), "status"));

        var reply = await CommentAsync(user, ticket, new { body = "Still broken." });

        Assert.Equal(after, Text(reply.Json.GetProperty("ticket"), "status"));
        Assert.Equal(JsonValueKind.Null, reply.Json.GetProperty("ticket").GetProperty("resolvedAt").ValueKind);
        Assert.Equal(1, await OpenAsync(moderator));
    }

    [Fact]
    public async Task Comments_of_many_at_once_are_all_there()
    {
        var (user, moderator, ticket) = await AssignedAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => CommentAsync(i % 2 == 0 ? user : moderator, ticket, new { body = $"Number {i}" })));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Created, reply.Status));
        var entries = await TimelineAsync(user, ticket);
        Assert.Equal(Enumerable.Range(1, 27), entries.Select(e => e.GetProperty("seq").GetInt32()));
        Assert.Equal(24, entries.Where(e => Text(e, "kind") == "comment").Select(e => Text(e, "body")).Distinct().Count());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    [InlineData("cursor=abc")]
    public async Task A_bad_page_of_the_timeline_is_refused(string query)
    {
        var (user, _, ticket) = await AssignedAsync();
        (await user.GetAsync($"{Path(ticket)}/timeline?{query}")).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Others_tickets_cannot_be_worked()
    {
        var (_, _, ticket) = await AssignedAsync();
        var stranger = await app.NewUserAsync();

        foreach (var id in new[] { Text(ticket, "id"), Guid.NewGuid().ToString() })
        {
            (await stranger.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { status = "DONE", version = 1 })).IsProblem(HttpStatusCode.NotFound);
            (await stranger.PostAsync($"/api/tickets/{id}/comments", new { body = "x" })).IsProblem(HttpStatusCode.NotFound);
            (await stranger.GetAsync($"/api/tickets/{id}/timeline")).IsProblem(HttpStatusCode.NotFound);
        }

        (await app.Admin.SendAsync(HttpMethod.Patch, $"/api/tickets/{Guid.NewGuid()}", new { status = "DONE", version = 1 })).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.PostAsync($"/api/tickets/{Guid.NewGuid()}/feedback", new { helpful = true })).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.GetAsync($"/api/tickets/{Guid.NewGuid()}/candidates")).IsProblem(HttpStatusCode.NotFound);
        (await app.Anonymous.GetAsync($"{Path(ticket)}/timeline")).IsProblem(HttpStatusCode.Unauthorized);
        (await app.Anonymous.PostAsync($"{Path(ticket)}/comments", new { body = "x" })).IsProblem(HttpStatusCode.Unauthorized);
        (await app.Anonymous.SendAsync(HttpMethod.Patch, Path(ticket), new { status = "DONE", version = 1 })).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Staff_judges_the_analysis_and_the_last_word_stands()
    {
        var (_, moderator, ticket) = await AssignedAsync();

        await moderator.PostAsync($"{Path(ticket)}/feedback", new { helpful = true });
        var reply = await app.Admin.PostAsync($"{Path(ticket)}/feedback", new { helpful = false, reason = "Wrong product" });

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var feedback = reply.Json.GetProperty("ticket").GetProperty("feedback");
        Assert.False(feedback.GetProperty("helpful").GetBoolean());
        Assert.Equal(("Wrong product", app.AdminEmail), (Text(feedback, "reason"), Text(feedback.GetProperty("by"), "email")));
        Assert.Equal(2, (await TimelineAsync(moderator, ticket)).Count(e => Text(e, "kind") == "feedback"));
        (await moderator.PostAsync($"{Path(ticket)}/feedback", new { reason = "x" })).IsProblem(HttpStatusCode.BadRequest);
        (await moderator.PostAsync($"{Path(ticket)}/feedback", new { helpful = true, reason = new string('x', 1001) })).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Candidates_are_ranked_as_the_app_would_choose()
    {
        var skill = ContractFixture.NewSkill();
        var second = ContractFixture.NewSkill();
        var both = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("both"), skill, second);
        var away = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("away"), skill);
        var full = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("full"), skill);
        var free = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("free"), skill);
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync($"{skill} fails", $"Our {skill} server fails.", app.Admin);
        await PatchAsync(app.Admin, ticket, new { relatedSkills = new[] { skill, second }, assignedTo = await IdAsync(both) });
        await away.SendAsync(HttpMethod.Patch, "/api/auth/me", new { away = true });
        await app.Admin.PostAsync("/api/auth/update-user", new { email = await EmailAsync(full), capacity = 0 });

        var reply = await both.GetAsync($"{Path(ticket)}/candidates");

        var candidates = reply.Json.GetProperty("candidates").EnumerateArray().ToList();
        Assert.Equal([await IdAsync(both), await IdAsync(free)], candidates.Take(2).Select(c => Text(c.GetProperty("user"), "id")));
        Assert.Equal([1.0, 0.667, 0.667, 0.667], candidates.Take(4).Select(c => c.GetProperty("score").GetDouble()));
        Assert.Equal([skill, second], Strings(candidates[0].GetProperty("matchedSkills")));
        Assert.Equal(1, candidates[0].GetProperty("openTickets").GetInt32());
        var byId = candidates.ToDictionary(c => Text(c.GetProperty("user"), "id"));
        Assert.True(byId[await IdAsync(away)].GetProperty("away").GetBoolean());
        Assert.True(byId[await IdAsync(full)].GetProperty("full").GetBoolean());
        Assert.All(candidates.Skip(4), c => Assert.True(c.GetProperty("isAdmin").GetBoolean()));
        Assert.NotEmpty(candidates.Skip(4));
        Assert.Single((await both.GetAsync($"{Path(ticket)}/candidates?limit=1")).Json.GetProperty("candidates").EnumerateArray());
    }

    private static Task<ApiReply> PatchAsync(ApiClient who, JsonElement ticket, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!;
        body["version"] = ticket.GetProperty("version").GetInt64();
        return who.SendAsync(HttpMethod.Patch, Path(ticket), body.ToJsonString());
    }

    private static Task<ApiReply> CommentAsync(ApiClient who, JsonElement ticket, object comment) => who.PostAsync($"{Path(ticket)}/comments", comment);

    /// <summary>What happened to the ticket; not who was told of it, which comes when it comes.</summary>
    private static async Task<List<JsonElement>> TimelineAsync(ApiClient who, JsonElement ticket) =>
        [.. (await who.ListAllAsync($"{Path(ticket)}/timeline", "entries")).Where(e => Text(e, "kind") != "mailed")];

    private static string Path(JsonElement ticket) => $"/api/tickets/{Text(ticket, "id")}";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(s => s.GetString()!);

    private static async Task<string> IdAsync(ApiClient who) => Text((await who.GetAsync("/api/auth/me")).Json.GetProperty("user"), "id");

    private static async Task<string> EmailAsync(ApiClient who) => Text((await who.GetAsync("/api/auth/me")).Json.GetProperty("user"), "email");

    private static async Task<int> OpenAsync(ApiClient who) => (await who.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("openTickets").GetInt32();

    private async Task<JsonElement> TicketAsync(JsonElement ticket) => (await app.Admin.GetAsync(Path(ticket))).Json.GetProperty("ticket");

    /// <summary>A requester, the moderator whose skill their ticket asks for, and that ticket once it is theirs.</summary>
    private async Task<(ApiClient User, ApiClient Moderator, JsonElement Ticket)> AssignedAsync()
    {
        var skill = ContractFixture.NewSkill();
        var moderator = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), skill);
        var user = await app.NewUserAsync();
        return (user, moderator, await user.PostAndWaitAsync($"{skill} question", $"How do I use {skill}?", app.Admin));
    }

    /// <summary>An open ticket that nobody has and that stays so: the only one who fits is full.</summary>
    private async Task<JsonElement> UnassignedAsync()
    {
        var skill = ContractFixture.NewSkill();
        var email = ContractFixture.NewEmail("full");
        await app.Admin.AddModeratorAsync(email, skill);
        await app.Admin.PostAsync("/api/auth/update-user", new { email, capacity = 0 });
        var user = await app.NewUserAsync();
        var posted = await user.PostAsync("/api/tickets", new { title = $"{skill} question", description = $"How do I use {skill}?" });
        return await app.Admin.WaitForTicketAsync(Text(posted.Json.GetProperty("ticket"), "id"), t => t.TryGetProperty("assignment", out _));
    }
}
