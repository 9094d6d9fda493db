using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

/// <summary>Triage again, confirm, retry: over HTTP, whatever the app's mode.</summary>
[Collection("contract")]
public sealed class TriageContract(ContractFixture app)
{
    [Fact]
    public async Task A_ticket_is_triaged_again_as_the_next_revision()
    {
        var user = await app.NewUserAsync();
        var id = await TriagedAsync(user);

        var reply = await app.Admin.PostAsync($"/api/tickets/{id}/triage");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(2, reply.Json.GetProperty("revision").GetInt32());
        Assert.EndsWith($"/api/tickets/{id}/triage", reply.Headers.Location?.OriginalString, StringComparison.Ordinal);
        await app.Admin.WaitForTicketAsync(id, t => Revision(t) == 2 && State(t) is "succeeded" or "fallback");
    }

    [Fact]
    public async Task Only_admins_and_the_assignee_have_a_ticket_triaged_again()
    {
        var user = await app.NewUserAsync();
        var id = await TriagedAsync(user);
        var moderator = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), ContractFixture.NewSkill());

        (await app.Anonymous.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Unauthorized);
        (await user.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Forbidden);
        (await moderator.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Forbidden);
        (await app.Admin.PostAsync($"/api/tickets/{Guid.NewGuid()}/triage")).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.PostAsync("/api/tickets/7/triage")).IsProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"type":"outage"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"priority":3}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"relatedSkills":[""]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"relatedSkills":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"assignedTo":"me"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"state":"succeeded"}""", HttpStatusCode.BadRequest)]
    [InlineData("""[]""", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("""{}""", HttpStatusCode.Conflict)]
    [InlineData("""{"type":"bug","version":1}""", HttpStatusCode.Conflict)]
    public async Task What_is_wrong_or_no_longer_waits_is_not_confirmed(string body, HttpStatusCode status)
    {
        var id = await TriagedAsync(await app.NewUserAsync());
        (await app.Admin.PostAsync($"/api/tickets/{id}/triage/confirm", body)).IsProblem(status);
    }

    [Fact]
    public async Task Only_staff_confirms_and_only_admins_retry()
    {
        var user = await app.NewUserAsync();
        var id = await TriagedAsync(user);
        var moderator = await app.Admin.AddModeratorAsync(ContractFixture.NewEmail("moderator"), ContractFixture.NewSkill());

        (await app.Anonymous.PostAsync($"/api/tickets/{id}/triage/confirm", new { })).IsProblem(HttpStatusCode.Unauthorized);
        (await user.PostAsync($"/api/tickets/{id}/triage/confirm", new { })).IsProblem(HttpStatusCode.Forbidden);
        (await moderator.PostAsync($"/api/tickets/{Guid.NewGuid()}/triage/confirm", new { })).IsProblem(HttpStatusCode.NotFound);
        (await app.Anonymous.PostAsync("/api/triage/retry-fallbacks")).IsProblem(HttpStatusCode.Unauthorized);
        (await user.PostAsync("/api/triage/retry-fallbacks")).IsProblem(HttpStatusCode.Forbidden);
        (await moderator.PostAsync("/api/triage/retry-fallbacks")).IsProblem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_retry_says_how_many_tickets_it_is_about()
    {
        var reply = await app.Admin.PostAsync("/api/triage/retry-fallbacks");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.True(reply.Json.GetProperty("count").GetInt64() >= 0);
        Assert.Equal("retry-fallbacks", reply.Json.GetProperty("instanceId").GetString());
    }

    [Fact]
    public async Task Tickets_are_listed_by_how_far_their_triage_is()
    {
        var user = await app.NewUserAsync();
        var id = await TriagedAsync(user);
        var state = State((await user.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket"));

        Assert.Single((await user.GetAsync($"/api/tickets?triage={state}")).Json.GetProperty("tickets").EnumerateArray());
        Assert.Empty((await user.GetAsync("/api/tickets?triage=failed")).Json.GetProperty("tickets").EnumerateArray());
        (await user.GetAsync("/api/tickets?triage=done")).IsProblem(HttpStatusCode.BadRequest);
    }

    private async Task<string> TriagedAsync(ApiClient user)
    {
        var ticket = await user.PostAndWaitAsync("Hello", "Please help.", app.Admin);
        var id = ticket.GetProperty("id").GetString()!;
        for (var i = 0; i < 200 && (await app.Admin.GetAsync($"/api/tickets/{id}/triage")).Json.GetProperty("step").GetString() != "done"; i++) await Task.Delay(50);
        return id;
    }

    private static int Revision(JsonElement ticket) => ticket.GetProperty("triage").GetProperty("revision").GetInt32();

    private static string State(JsonElement ticket) => ticket.GetProperty("triage").GetProperty("state").GetString()!;
}
