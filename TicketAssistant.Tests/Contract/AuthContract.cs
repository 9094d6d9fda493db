using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

[Collection("contract")]
public sealed class AuthContract(ContractFixture app)
{
    [Fact]
    public async Task Signing_up_gives_a_user_and_a_token_that_works()
    {
        var email = ContractFixture.NewEmail();

        var reply = await app.Anonymous.PostAsync("/api/auth/signup", new { email = $"  {email.ToUpperInvariant()} ", password = "long enough", name = "Ann", skills = new[] { "React" } });

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        var user = reply.Json.GetProperty("user");
        Assert.Equal(email, user.GetProperty("email").GetString());
        Assert.Equal("Ann", user.GetProperty("name").GetString());
        Assert.Equal("user", user.GetProperty("role").GetString());
        Assert.DoesNotContain("hash", reply.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(reply.Json.GetProperty("expiresAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        var me = await new ApiClient(app.Http, reply.Json.GetProperty("token").GetString()).GetAsync("/api/auth/me");
        Assert.Equal(email, me.Json.GetProperty("user").GetProperty("email").GetString());
    }

    [Fact]
    public async Task An_address_can_be_used_once()
    {
        var email = ContractFixture.NewEmail();
        await app.Anonymous.SignUpAsync(email);
        (await app.Anonymous.PostAsync("/api/auth/signup", new { email = email.ToUpperInvariant(), password = "long enough" })).IsProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Nobody_signs_up_as_an_admin()
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/signup", new { email = ContractFixture.NewEmail(), password = "long enough", role = "admin" });
        reply.IsProblem(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"email":"nobody","password":"long enough"}""", "email")]
    [InlineData("""{"email":"a b@example.com","password":"long enough"}""", "email")]
    [InlineData("""{"email":"a@example.com\nBcc: x@example.com","password":"long enough"}""", "email")]
    [InlineData("""{"email":{"$gt":""},"password":"long enough"}""", "email")]
    [InlineData("""{"email":"bad-1@example.com","password":"short"}""", "password")]
    [InlineData("""{"email":"bad-2@example.com","password":"ääääääääääääääääääääääääääääääääääääää"}""", "password")]
    [InlineData("""{"email":"bad-3@example.com","password":12345678}""", "password")]
    [InlineData("""{"email":"bad-4@example.com"}""", "password")]
    [InlineData("""{"email":"bad-5@example.com","password":"long enough","nickname":"x"}""", "nickname")]
    [InlineData("""{"email":"bad-6@example.com","password":"long enough","skills":["a",""]}""", "skills")]
    [InlineData("""{"email":"bad-7@example.com","password":"long enough","skills":"React"}""", "skills")]
    public async Task A_bad_sign_up_is_refused_with_the_field(string body, string field)
    {
        var problem = (await app.Anonymous.PostAsync("/api/auth/signup", body)).IsProblem(HttpStatusCode.BadRequest);
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_get_the_same_words()
    {
        var email = ContractFixture.NewEmail();
        await app.Anonymous.SignUpAsync(email);

        var wrong = await app.Anonymous.PostAsync("/api/auth/login", new { email, password = "not this one" });
        var unknown = await app.Anonymous.PostAsync("/api/auth/login", new { email = ContractFixture.NewEmail(), password = "not this one" });

        Assert.Equal(Words(wrong.IsProblem(HttpStatusCode.Unauthorized)), Words(unknown.IsProblem(HttpStatusCode.Unauthorized)));
        static string Words(JsonElement p) => p.GetProperty("title").GetString() + p.GetProperty("detail").GetString();
    }

    [Fact]
    public async Task Logging_out_kills_every_token_of_the_user()
    {
        var email = ContractFixture.NewEmail();
        var first = await app.Anonymous.SignUpAsync(email);
        var second = await app.Anonymous.LogInAsync(email, "long enough");

        Assert.Equal(HttpStatusCode.NoContent, (await first.PostAsync("/api/auth/logout")).Status);

        (await first.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
        (await second.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await (await app.Anonymous.LogInAsync(email, "long enough")).GetAsync("/api/auth/me")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIwIn0.")]
    public async Task Without_a_valid_token_there_is_nothing_to_see(string? token)
    {
        var reply = await new ApiClient(app.Http, token).GetAsync("/api/auth/me");
        reply.IsProblem(HttpStatusCode.Unauthorized);
        Assert.Contains("Bearer", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_the_password_needs_the_old_one_and_kills_old_tokens()
    {
        var email = ContractFixture.NewEmail();
        var user = await app.Anonymous.SignUpAsync(email);

        (await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { password = "another one" })).IsProblem(HttpStatusCode.BadRequest);
        (await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { password = "another one", oldPassword = "wrong wrong" })).IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.OK, (await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { password = "another one", oldPassword = "long enough" })).Status);

        (await user.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
        (await app.Anonymous.PostAsync("/api/auth/login", new { email, password = "long enough" })).IsProblem(HttpStatusCode.Unauthorized);
        await app.Anonymous.LogInAsync(email, "another one");
    }

    [Fact]
    public async Task Name_and_away_can_be_changed()
    {
        var user = await app.NewUserAsync();
        var reply = await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { name = "Grace", away = true });
        Assert.Equal("Grace", reply.Json.GetProperty("user").GetProperty("name").GetString());
        Assert.True((await user.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("away").GetBoolean());
        (await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { role = "admin" })).IsProblem(HttpStatusCode.BadRequest);
        (await user.SendAsync(HttpMethod.Patch, "/api/auth/me", new { name = "" })).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_admins_see_and_change_people()
    {
        var user = await app.NewUserAsync();
        (await user.GetAsync("/api/auth/users")).IsProblem(HttpStatusCode.Forbidden);
        (await user.PostAsync("/api/auth/update-user", new { email = app.AdminEmail, role = "user" })).IsProblem(HttpStatusCode.Forbidden);
        (await app.Anonymous.GetAsync("/api/auth/users")).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_role_change_kills_the_old_token_at_once()
    {
        var email = ContractFixture.NewEmail();
        var user = await app.Anonymous.SignUpAsync(email);

        var updated = await app.Admin.PostAsync("/api/auth/update-user", new { email, role = "moderator", skills = new[] { "Go", "  go ", "C#" }, capacity = 3 });

        Assert.Equal(HttpStatusCode.OK, updated.Status);
        var view = updated.Json.GetProperty("user");
        Assert.Equal("moderator", view.GetProperty("role").GetString());
        Assert.Equal(["Go", "C#"], view.GetProperty("skills").EnumerateArray().Select(s => s.GetString()!));
        Assert.Equal(3, view.GetProperty("capacity").GetInt32());
        (await user.GetAsync("/api/auth/me")).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_empty_skill_list_clears_and_an_absent_one_does_not()
    {
        var email = ContractFixture.NewEmail();
        await app.Admin.AddModeratorAsync(email, "Go");

        var kept = await app.Admin.PostAsync("/api/auth/update-user", new { email, away = true });
        Assert.Equal(1, kept.Json.GetProperty("user").GetProperty("skills").GetArrayLength());
        var cleared = await app.Admin.PostAsync("/api/auth/update-user", new { email, skills = Array.Empty<string>() });
        Assert.Equal(0, cleared.Json.GetProperty("user").GetProperty("skills").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"email":"nobody-at-all@example.com","role":"user"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"email":"x@example.com","role":"root"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"x@example.com","role":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"x@example.com","capacity":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"x@example.com","skills":[null]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"role":"user"}""", HttpStatusCode.BadRequest)]
    public async Task A_bad_change_of_a_person_is_refused(string body, HttpStatusCode status) =>
        (await app.Admin.PostAsync("/api/auth/update-user", body)).IsProblem(status);

    [Fact]
    public async Task People_are_listed_in_pages_filtered_by_role_and_text()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        for (var i = 0; i < 3; i++) await app.Anonymous.SignUpAsync($"{mark}-{i}@example.com");

        var first = await app.Admin.GetAsync($"/api/auth/users?role=user&q={mark}&limit=2");
        Assert.Equal(2, first.Json.GetProperty("users").GetArrayLength());
        var next = first.Json.GetProperty("next").GetString()!;
        var second = await app.Admin.GetAsync($"/api/auth/users?role=user&q={mark}&limit=2&cursor={Uri.EscapeDataString(next)}");
        Assert.Equal(1, second.Json.GetProperty("users").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("next").ValueKind);
        Assert.Equal(0, (await app.Admin.GetAsync($"/api/auth/users?role=admin&q={mark}")).Json.GetProperty("users").GetArrayLength());
    }

    [Theory]
    [InlineData("role=boss")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=x")]
    [InlineData("cursor=%%%")]
    public async Task A_bad_query_of_people_is_refused(string query) =>
        (await app.Admin.GetAsync($"/api/auth/users?{query}")).IsProblem(HttpStatusCode.BadRequest);
}
