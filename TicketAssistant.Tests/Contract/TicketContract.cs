using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

[Collection("contract")]
public sealed class TicketContract(ContractFixture app)
{
    [Fact]
    public async Task A_ticket_is_triaged_and_given_to_the_moderator_who_fits()
    {
        var skill = ContractFixture.NewSkill();
        var email = ContractFixture.NewEmail("moderator");
        await app.Admin.AddModeratorAsync(email, skill);
        var user = await app.NewUserAsync();

        var posted = await user.PostAsync("/api/tickets", new { title = $"{skill} fails", description = $"Since this morning our {skill} server answers with an error 500. Nobody in the team can work." });

        Assert.Equal(HttpStatusCode.Created, posted.Status);
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        Assert.Equal($"/api/tickets/{id}", posted.Headers.Location!.ToString());
        Assert.Equal("pending", posted.Json.GetProperty("ticket").GetProperty("triage").GetProperty("state").GetString());
        var ticket = await app.Admin.WaitForTicketAsync(id, t => t.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);
        Assert.Equal(email, ticket.GetProperty("assignedTo").GetProperty("email").GetString());
        Assert.Equal([skill], ticket.GetProperty("assignment").GetProperty("matchedSkills").EnumerateArray().Select(s => s.GetString()!));
        Assert.NotEqual("", ticket.GetProperty("assignment").GetProperty("reason").GetString());
        Assert.NotEqual("", ticket.GetProperty("summary").GetString());
        Assert.NotEqual("", ticket.GetProperty("helpfulNotes").GetString());
        Assert.NotEqual("", ticket.GetProperty("triage").GetProperty("reason").GetString());
        Assert.Contains(ticket.GetProperty("triage").GetProperty("state").GetString(), (string[])["succeeded", "fallback"]);
        Assert.Equal("TODO", ticket.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_requester_sees_the_ticket_without_what_is_for_staff()
    {
        var user = await app.NewUserAsync();
        var full = await user.PostAndWaitAsync("Strange noise", "The thing in the corner hums, what is it?", app.Admin);

        var seen = (await user.GetAsync($"/api/tickets/{full.GetProperty("id").GetString()}")).Json.GetProperty("ticket");

        Assert.False(seen.TryGetProperty("helpfulNotes", out _));
        Assert.False(seen.TryGetProperty("assignment", out _));
        Assert.False(seen.GetProperty("triage").TryGetProperty("reason", out _));
        Assert.Equal(full.GetProperty("assignedTo").GetProperty("id").GetString(), seen.GetProperty("assignedTo").GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_nobody_has_the_skill_for_goes_to_an_admin_with_the_reason()
    {
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync("Hello", "Please help.", app.Admin);

        var assignee = ticket.GetProperty("assignedTo").GetProperty("email").GetString()!;
        var admins = await app.Admin.ListAllAsync("/api/auth/users?role=admin", "users");
        Assert.Contains(admins, admin => admin.GetProperty("email").GetString() == assignee);
        Assert.Contains("admin", ticket.GetProperty("assignment").GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_tickets_do_not_exist_for_a_user()
    {
        var owner = await app.NewUserAsync();
        var stranger = await app.NewUserAsync();
        var id = (await owner.PostAsync("/api/tickets", new { title = "Mine", description = "Only mine" })).Json.GetProperty("ticket").GetProperty("id").GetString();

        (await stranger.GetAsync($"/api/tickets/{id}")).IsProblem(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.NotFound);
        Assert.Equal(0, (await stranger.GetAsync("/api/tickets?assignee=all")).Json.GetProperty("tickets").GetArrayLength());
        (await stranger.GetAsync($"/api/tickets/{Guid.NewGuid()}")).IsProblem(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/api/tickets/not-an-id")).IsProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_ticket_and_another_text_is_refused()
    {
        var user = await app.NewUserAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await user.PostAsync("/api/tickets", new { title = "Once", description = "Only once" }, key);
        var again = await user.PostAsync("/api/tickets", new { title = "Once", description = "Only once" }, key);
        var other = await user.PostAsync("/api/tickets", new { title = "Once", description = "Something else" }, key);

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(Id(first), Id(again));
        other.IsProblem(HttpStatusCode.UnprocessableEntity);
        // Keys are each requester's own.
        var stranger = await (await app.NewUserAsync()).PostAsync("/api/tickets", new { title = "Once", description = "Only once" }, key);
        Assert.Equal(HttpStatusCode.Created, stranger.Status);
        Assert.NotEqual(Id(first), Id(stranger));
    }

    [Fact]
    public async Task The_same_key_from_sixteen_clients_at_once_makes_one_ticket()
    {
        var user = await app.NewUserAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => user.PostAsync("/api/tickets", new { title = "Once", description = "Only once" }, key)));

        Assert.All(replies, reply => Assert.Contains(reply.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK]));
        Assert.Single(replies.Select(Id).Distinct());
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        Assert.Single(await user.ListAllAsync("/api/tickets", "tickets"));
    }

    [Theory]
    [InlineData("""{"title":"","description":"x"}""", "title")]
    [InlineData("""{"title":"   ","description":"x"}""", "title")]
    [InlineData("""{"title":"two\nlines","description":"x"}""", "title")]
    [InlineData("""{"title":"x","description":""}""", "description")]
    [InlineData("""{"title":"x","description":"a\u0000b"}""", "description")]
    [InlineData("""{"title":"x"}""", "description")]
    [InlineData("""{"title":null,"description":"x"}""", "title")]
    [InlineData("""{"title":"x","description":["y"]}""", "description")]
    [InlineData("""{"title":"x","description":"y","priority":"urgent"}""", "priority")]
    [InlineData("""{"title":"x","description":"y","title":"z"}""", "title")]
    public async Task A_bad_ticket_is_refused_with_the_field_and_not_stored(string body, string field)
    {
        var user = await app.NewUserAsync();

        var problem = (await user.PostAsync("/api/tickets", body)).IsProblem(HttpStatusCode.BadRequest);

        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name.StartsWith(field, StringComparison.Ordinal));
        Assert.Empty(await user.ListAllAsync("/api/tickets", "tickets"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        var user = await app.NewUserAsync();
        (await user.PostAsync("/api/tickets", body)).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Too_long_a_title_or_text_is_refused()
    {
        var user = await app.NewUserAsync();
        (await user.PostAsync("/api/tickets", new { title = new string('x', 201), description = "x" })).IsProblem(HttpStatusCode.BadRequest);
        (await user.PostAsync("/api/tickets", new { title = "x", description = new string('x', 20_001) })).IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.Created, (await user.PostAsync("/api/tickets", new { title = new string('x', 200), description = new string('x', 20_000) })).Status);
    }

    [Fact]
    public async Task A_large_body_is_refused_by_its_length()
    {
        var user = await app.NewUserAsync();
        (await user.PostAsync("/api/tickets", new { title = "x", description = new string('x', 70_000) })).IsProblem(HttpStatusCode.RequestEntityTooLarge);
        (await user.PostAsync("/api/tickets", new ByteArrayContent(new byte[20_000_000]) { Headers = { ContentType = new("application/json") } })).IsProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        var user = await app.NewUserAsync();
        (await user.PostAsync("/api/tickets", new StringContent("title=x"))).IsProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_bad_idempotency_key_is_refused()
    {
        var user = await app.NewUserAsync();
        var reply = await user.PostAsync("/api/tickets", new { title = "x", description = "y" }, ("Idempotency-Key", new string('k', 201)));
        reply.IsProblem(HttpStatusCode.BadRequest);
        Assert.Empty(await user.ListAllAsync("/api/tickets", "tickets"));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_posted() =>
        (await app.Anonymous.PostAsync("/api/tickets", new { title = "x", description = "y" })).IsProblem(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Tickets_are_listed_newest_first_in_pages_that_inserts_do_not_shift()
    {
        var user = await app.NewUserAsync();
        for (var i = 0; i < 5; i++) await user.PostAsync("/api/tickets", new { title = $"Ticket {i}", description = "x" });

        var first = await user.GetAsync("/api/tickets?limit=2");
        await user.PostAsync("/api/tickets", new { title = "Ticket 5", description = "x" });
        var second = await user.GetAsync($"/api/tickets?limit=2&cursor={Uri.EscapeDataString(first.Json.GetProperty("next").GetString()!)}");
        var third = await user.GetAsync($"/api/tickets?limit=2&cursor={Uri.EscapeDataString(second.Json.GetProperty("next").GetString()!)}");

        Assert.Equal(["Ticket 4", "Ticket 3", "Ticket 2", "Ticket 1", "Ticket 0"], new[] { first, second, third }.SelectMany(Titles));
        Assert.Equal(JsonValueKind.Null, third.Json.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Filters_combine_and_a_moderator_sees_their_own_queue_by_default()
    {
        var skill = ContractFixture.NewSkill();
        var moderator = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), skill);
        var user = await app.NewUserAsync();
        var mine = await user.PostAndWaitAsync($"{skill} question", $"How do I use {skill}?", app.Admin);
        var other = await user.PostAndWaitAsync("Hello", "Please help.", app.Admin);

        Assert.Equal([Id(mine)], Ids(await moderator.GetAsync("/api/tickets")));
        Assert.Equal([Id(mine)], Ids(await moderator.GetAsync("/api/tickets?assignee=me&status=TODO")));
        Assert.Empty(Ids(await moderator.GetAsync("/api/tickets?assignee=me&status=DONE")));
        Assert.Contains(Id(other), Ids(await moderator.GetAsync("/api/tickets?assignee=all&limit=100")));
        Assert.Equal([Id(mine)], Ids(await user.GetAsync($"/api/tickets?q={skill}")));
        var assignee = mine.GetProperty("assignedTo").GetProperty("id").GetString();
        Assert.Equal([Id(mine)], Ids(await app.Admin.GetAsync($"/api/tickets?assignee={assignee}&type={mine.GetProperty("type").GetString()}&priority={mine.GetProperty("priority").GetString()}")));
        Assert.DoesNotContain(Id(mine), Ids(await app.Admin.GetAsync("/api/tickets?assignee=none&limit=100")));
    }

    [Theory]
    [InlineData("status=OPEN")]
    [InlineData("status=0")]
    [InlineData("priority=asap")]
    [InlineData("type=x")]
    [InlineData("assignee=somebody")]
    [InlineData("limit=1000")]
    [InlineData("cursor=abc")]
    public async Task A_bad_filter_is_refused(string query) =>
        (await app.Admin.GetAsync($"/api/tickets?{query}")).IsProblem(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_triage_can_be_followed_and_names_its_instance_to_staff_only()
    {
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync("Hello", "Please help.", app.Admin);
        var path = $"/api/tickets/{Id(ticket)}/triage";

        var seen = await user.GetAsync(path);
        var staff = await app.Admin.GetAsync(path);
        for (var i = 0; i < 100 && staff.Json.GetProperty("step").GetString() != "done"; i++)
        {
            await Task.Delay(50);
            staff = await app.Admin.GetAsync(path);
        }

        Assert.Equal("done", staff.Json.GetProperty("step").GetString());
        Assert.Equal($"triage-{Id(ticket)}-1", staff.Json.GetProperty("instanceId").GetString());
        Assert.True(staff.Json.GetProperty("attempts").GetInt32() >= 1);
        Assert.False(seen.Json.TryGetProperty("instanceId", out _));
        Assert.False(seen.Json.TryGetProperty("reason", out _));
        Assert.Contains(seen.Json.GetProperty("state").GetString(), (string[])["succeeded", "fallback"]);
    }

    private static string Id(ApiReply reply) => Id(reply.Json.GetProperty("ticket"));

    private static string Id(JsonElement ticket) => ticket.GetProperty("id").GetString()!;

    private static List<string> Ids(ApiReply reply) => [.. reply.Json.GetProperty("tickets").EnumerateArray().Select(Id)];

    private static List<string> Titles(ApiReply reply) => [.. reply.Json.GetProperty("tickets").EnumerateArray().Select(t => t.GetProperty("title").GetString()!)];
}
