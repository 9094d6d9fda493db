using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

[Collection("contract")]
public sealed class PeopleContract(ContractFixture app)
{
    [Fact]
    public async Task A_new_account_is_open_wants_all_mails_and_is_not_confirmed()
    {
        var me = User(await (await app.NewUserAsync()).GetAsync("/api/auth/me"));

        Assert.False(me.GetProperty("emailConfirmed").GetBoolean());
        Assert.True(me.GetProperty("active").GetBoolean());
        Assert.Equal("all", me.GetProperty("mails").GetString());
        Assert.Equal(JsonValueKind.Null, me.GetProperty("awayUntil").ValueKind);
        Assert.True(User(await app.Admin.GetAsync("/api/auth/me")).GetProperty("emailConfirmed").GetBoolean());
    }

    [Fact]
    public async Task Being_made_staff_confirms_and_stays_confirmed()
    {
        var email = ContractFixture.NewEmail();
        await app.Anonymous.SignUpAsync(email);

        Assert.True(User(await UpdateAsync(new { email, role = "moderator" })).GetProperty("emailConfirmed").GetBoolean());
        Assert.True(User(await UpdateAsync(new { email, role = "user" })).GetProperty("emailConfirmed").GetBoolean());
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("none")]
    [InlineData("all")]
    public async Task Mails_can_be_chosen(string mails)
    {
        var user = await app.NewUserAsync();
        Assert.Equal(mails, User(await PatchAsync(user, new { mails })).GetProperty("mails").GetString());
        Assert.Equal(mails, User(await user.GetAsync("/api/auth/me")).GetProperty("mails").GetString());
    }

    [Theory]
    [InlineData("""{"mails":"some"}""", "mails")]
    [InlineData("""{"awayUntil":"tomorrow"}""", "awayUntil")]
    [InlineData("""{"awayUntil":"2001-01-01T00:00:00Z"}""", "awayUntil")]
    [InlineData("""{"awayUntil":"2999-01-01T00:00:00Z"}""", "awayUntil")]
    [InlineData("""{"away":false,"awayUntil":"2999-01-01T00:00:00Z"}""", "awayUntil")]
    [InlineData("""{"active":false}""", "active")]
    [InlineData("""{"emailConfirmed":true}""", "emailConfirmed")]
    public async Task A_bad_change_of_oneself_is_refused_with_the_field(string body, string field)
    {
        var problem = (await PatchAsync(await app.NewUserAsync(), body)).IsProblem(HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Being_away_can_have_an_end()
    {
        var user = await app.NewUserAsync();
        var until = new DateTimeOffset(DateTimeOffset.UtcNow.Year + 1, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));

        var away = User(await PatchAsync(user, new { awayUntil = until }));
        Assert.True(away.GetProperty("away").GetBoolean());
        Assert.Equal(until, away.GetProperty("awayUntil").GetDateTimeOffset());
        Assert.Equal(TimeSpan.Zero, away.GetProperty("awayUntil").GetDateTimeOffset().Offset);

        var openEnd = User(await PatchAsync(user, """{"awayUntil":null}"""));
        Assert.True(openEnd.GetProperty("away").GetBoolean());
        Assert.Equal(JsonValueKind.Null, openEnd.GetProperty("awayUntil").ValueKind);

        await PatchAsync(user, new { awayUntil = until });
        var back = User(await PatchAsync(user, new { away = false }));
        Assert.False(back.GetProperty("away").GetBoolean());
        Assert.Equal(JsonValueKind.Null, back.GetProperty("awayUntil").ValueKind);
    }

    [Fact]
    public async Task A_closed_account_cannot_be_used_and_says_no_more_than_a_wrong_password()
    {
        var email = ContractFixture.NewEmail();
        var user = await app.Anonymous.SignUpAsync(email);

        Assert.False(User(await UpdateAsync(new { email, active = false })).GetProperty("active").GetBoolean());
        (await user.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
        var closed = (await app.Anonymous.PostAsync("/api/auth/login", new { email, password = "long enough" })).IsProblem(HttpStatusCode.Unauthorized);
        var wrong = (await app.Anonymous.PostAsync("/api/auth/login", new { email, password = "wrong wrong" })).IsProblem(HttpStatusCode.Unauthorized);
        Assert.Equal(wrong.GetProperty("detail").GetString(), closed.GetProperty("detail").GetString());

        // Closing again changes nothing, opening again lets them in.
        await UpdateAsync(new { email, active = false });
        Assert.True(User(await UpdateAsync(new { email, active = true })).GetProperty("active").GetBoolean());
        (await user.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
        await app.Anonymous.LogInAsync(email, "long enough");
    }

    [Fact]
    public async Task Nobody_closes_their_own_account() =>
        (await app.Admin.PostAsync("/api/auth/update-user", new { email = app.AdminEmail, active = false })).IsProblem(HttpStatusCode.Conflict);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_is_none_confirms_nothing(string token)
    {
        (await app.Anonymous.PostAsync("/api/auth/confirm", new { token })).IsProblem(HttpStatusCode.BadRequest);
        var page = await app.Anonymous.GetAsync($"/api/auth/confirm?token={token}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("text/html", page.ContentHeaders.ContentType?.MediaType);
        Assert.DoesNotContain("<form", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":1}""")]
    [InlineData("""{"token":"x","email":"x"}""")]
    public async Task A_malformed_confirmation_is_refused(string body) =>
        (await app.Anonymous.PostAsync("/api/auth/confirm", body)).IsProblem(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Another_welcome_is_for_who_is_logged_in_and_not_confirmed_and_not_at_once()
    {
        (await app.Anonymous.PostAsync("/api/auth/confirm/mail")).IsProblem(HttpStatusCode.Unauthorized);
        (await app.Admin.PostAsync("/api/auth/confirm/mail")).IsProblem(HttpStatusCode.Conflict);
        var tooSoon = await (await app.NewUserAsync()).PostAsync("/api/auth/confirm/mail");
        tooSoon.IsProblem(HttpStatusCode.TooManyRequests);
        Assert.NotNull(tooSoon.Headers.RetryAfter);
    }

    [Fact]
    public async Task Mails_are_for_admins()
    {
        var user = await app.NewUserAsync();
        (await app.Anonymous.GetAsync("/api/mails")).IsProblem(HttpStatusCode.Unauthorized);
        (await user.GetAsync("/api/mails")).IsProblem(HttpStatusCode.Forbidden);
        (await user.PostAsync("/api/mails/x/retry")).IsProblem(HttpStatusCode.Forbidden);
        (await user.GetAsync("/api/mails/x")).IsProblem(HttpStatusCode.Forbidden);
        (await app.Admin.GetAsync("/api/mails/nonsense")).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.GetAsync($"/api/mails/assigned.{Guid.NewGuid():N}.{Guid.NewGuid():N}.1")).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.GetAsync("/api/mails?state=lost")).IsProblem(HttpStatusCode.BadRequest);
        (await app.Admin.GetAsync("/api/mails?limit=0")).IsProblem(HttpStatusCode.BadRequest);
        (await app.Admin.GetAsync("/api/mails?cursor=%25%25")).IsProblem(HttpStatusCode.BadRequest);
        (await app.Admin.PostAsync("/api/mails/nonsense/retry")).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.PostAsync($"/api/mails/assigned.{Guid.NewGuid():N}.{Guid.NewGuid():N}.1/retry")).IsProblem(HttpStatusCode.NotFound);
        Assert.Equal(JsonValueKind.Array, (await app.Admin.GetAsync("/api/mails?state=failed")).Json.GetProperty("mails").ValueKind);
    }

    [Fact]
    public async Task Export_and_erasure_are_for_admins_and_known_people()
    {
        var user = await app.NewUserAsync();
        var id = User(await user.GetAsync("/api/auth/me")).GetProperty("id").GetString();
        foreach (var (method, path) in new[] { (HttpMethod.Get, "export"), (HttpMethod.Delete, "data") })
        {
            (await app.Anonymous.SendAsync(method, $"/api/users/{id}/{path}")).IsProblem(HttpStatusCode.Unauthorized);
            (await user.SendAsync(method, $"/api/users/{id}/{path}")).IsProblem(HttpStatusCode.Forbidden);
            (await app.Admin.SendAsync(method, $"/api/users/{Guid.NewGuid()}/{path}")).IsProblem(HttpStatusCode.NotFound);
            (await app.Admin.SendAsync(method, $"/api/users/nobody/{path}")).IsProblem(HttpStatusCode.NotFound);
        }

        (await app.Admin.SendAsync(HttpMethod.Delete, $"/api/users/{id}/data")).IsProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_an_unconfirmed_address_does_not_get_is_to_be_seen()
    {
        var email = ContractFixture.NewEmail();
        var user = await app.Anonymous.SignUpAsync(email);
        await user.PostAndWaitAsync("Printer", "It does not print.", app.Admin);

        JsonElement mail = default;
        for (var i = 0; i < 200 && mail.ValueKind == JsonValueKind.Undefined; i++)
        {
            mail = (await app.Admin.ListAllAsync("/api/mails?state=suppressed", "mails")).FirstOrDefault(m => m.TryGetProperty("email", out var to) && to.GetString() == email);
            await Task.Delay(50);
        }

        Assert.Equal("received", mail.GetProperty("kind").GetString());
        Assert.Equal("The recipient has not confirmed the address.", mail.GetProperty("reason").GetString());
        var alone = await app.Admin.GetAsync($"/api/mails/{mail.GetProperty("id").GetString()}");
        Assert.Equal((mail.GetRawText(), HttpStatusCode.OK), (alone.Json.GetProperty("mail").GetRawText(), alone.Status));
        Assert.Equal(HttpStatusCode.Accepted, (await app.Admin.PostAsync($"/api/mails/{mail.GetProperty("id").GetString()}/retry")).Status);
    }

    private static JsonElement User(ApiReply reply)
    {
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Json.GetProperty("user");
    }

    private static Task<ApiReply> PatchAsync(ApiClient user, object body) => user.SendAsync(HttpMethod.Patch, "/api/auth/me", body);

    private Task<ApiReply> UpdateAsync(object body) => app.Admin.PostAsync("/api/auth/update-user", body);
}
