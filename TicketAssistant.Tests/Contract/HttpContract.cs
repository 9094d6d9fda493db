using System.Net;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

[Collection("contract")]
public sealed class HttpContract(ContractFixture app)
{
    [Fact]
    public async Task It_is_alive() => Assert.Equal("ok", (await app.Anonymous.GetAsync("/api/health")).Json.GetProperty("status").GetString());

    [Fact]
    public async Task It_is_ready_and_says_so_without_internals()
    {
        var reply = await app.Anonymous.GetAsync("/api/health/ready");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(["status", "store", "durable", "mail", "model"], reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("ready", reply.Json.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/tickets/1/2/3")]
    [InlineData("/nothing")]
    public async Task An_unknown_path_is_a_problem(string path) => (await app.Anonymous.GetAsync(path)).IsProblem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("DELETE", "/api/tickets", "GET, POST")]
    [InlineData("PUT", "/api/auth/signup", "POST")]
    [InlineData("GET", "/api/auth/login", "POST")]
    public async Task A_wrong_method_is_a_problem_that_names_the_right_ones(string method, string path, string allow)
    {
        var reply = await app.Anonymous.SendAsync(new HttpMethod(method), path);
        reply.IsProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(allow, string.Join(", ", reply.ContentHeaders.Allow));
    }

    [Fact]
    public async Task No_foreign_origin_is_let_in()
    {
        var reply = await app.Anonymous.SendAsync(
            HttpMethod.Options, "/api/tickets", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Api_replies_are_neither_cached_nor_sniffed()
    {
        var reply = await app.Anonymous.GetAsync("/api/health");
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("no-store", reply.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/tickets")]
    [InlineData("/api/nothing")]
    [InlineData("/")]
    [InlineData("/dev/mail")]
    public async Task Every_reply_has_the_headers_that_keep_browsers_from_harm(string path)
    {
        var headers = (await app.Anonymous.GetAsync(path)).Headers;
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Contains("camera=()", headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'unsafe", policy, StringComparison.Ordinal);
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task The_mailbox_is_for_admins()
    {
        if (ContractFixture.IsRemote && (await app.Anonymous.GetAsync("/dev/mail")).Status == HttpStatusCode.NotFound)
            Assert.Skip("The app at Test__BaseUrl has no data directory and so no mailbox.");
        var user = await app.NewUserAsync();

        var anonymous = await app.Anonymous.GetAsync("/dev/mail");
        anonymous.IsProblem(HttpStatusCode.Unauthorized);
        Assert.Contains("Basic", anonymous.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        (await user.GetAsync("/dev/mail")).IsProblem(HttpStatusCode.Forbidden);
        var page = await app.Admin.GetAsync("/dev/mail");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("text/html", page.ContentHeaders.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        (await app.Admin.GetAsync("/dev/mail/..%2F..%2Fadmin-password")).IsProblem(HttpStatusCode.NotFound);
        (await app.Admin.SendAsync(HttpMethod.Get, "/dev/mail", null, ("Host", "rebound.example"))).IsProblem(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task The_assignee_finds_the_mail_about_the_ticket_in_the_mailbox()
    {
        if (ContractFixture.IsRemote && (await app.Anonymous.GetAsync("/dev/mail")).Status == HttpStatusCode.NotFound)
            Assert.Skip("The app at Test__BaseUrl has no data directory and so no mailbox.");
        var skill = ContractFixture.NewSkill();
        var email = ContractFixture.NewEmail("moderator");
        await app.Admin.AddModeratorAsync(email, skill);
        var user = await app.NewUserAsync();
        await user.PostAndWaitAsync($"{skill} <b>fails</b>", $"Our {skill} server is down.", app.Admin);

        var list = await app.Admin.GetAsync("/dev/mail");
        for (var i = 0; i < 100 && !list.Text.Contains(email, StringComparison.Ordinal); i++)
        {
            await Task.Delay(50);
            list = await app.Admin.GetAsync("/dev/mail");
        }

        Assert.Contains(email, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>fails</b>", list.Text, StringComparison.Ordinal);
    }
}
