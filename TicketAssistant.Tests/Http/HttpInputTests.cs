using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Http;

public sealed class HttpInputTests
{
    [Fact]
    public void A_parameter_left_out_or_blank_takes_its_default()
    {
        var request = Request("?status=&limit=%20");

        Assert.Equal(20, request.QueryLimit());
        Assert.Null(request.QueryEnum<TicketStatus>("status"));
        Assert.Null(request.QueryText("q"));
    }

    [Fact]
    public void A_parameter_is_read()
    {
        var request = Request("?status=IN_PROGRESS&limit=100&q=%20vpn%20down");

        Assert.Equal(100, request.QueryLimit());
        Assert.Equal(TicketStatus.InProgress, request.QueryEnum<TicketStatus>("status"));
        Assert.Equal("vpn down", request.QueryText("q"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=1.5")]
    [InlineData("limit=ten")]
    [InlineData("limit=1&limit=2")]
    public void A_limit_is_1_to_100(string query) => Assert.Equal("limit", Refused(() => Request("?" + query).QueryLimit()).Key);

    [Theory]
    [InlineData("todo")]
    [InlineData("0")]
    [InlineData("InProgress")]
    public void An_enum_is_refused_with_the_names_it_has(string value)
    {
        var (field, errors) = Refused(() => Request("?status=" + value).QueryEnum<TicketStatus>("status"));

        Assert.Equal("status", field);
        Assert.Equal(["must be one of TODO, IN_PROGRESS, WAITING, DONE"], errors);
    }

    [Fact]
    public async Task A_cursor_that_the_store_cannot_read_is_the_callers_mistake()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Paging.ReadAsync<int>(() => throw new FormatException("no")));

        Assert.Equal((400, "cursor"), (problem.Status, Assert.Single(problem.Errors!).Key));
        Assert.Equal("next", (await Paging.ReadAsync(() => Task.FromResult(new Page<int>([1], "next")))).Next);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://app.example.org/")]
    [InlineData("https://app.example.org/path")]
    [InlineData("app.example.org")]
    [InlineData("https://ok.example.org, ftp://app.example.org")]
    public void An_origin_that_is_none_is_a_malformed_setting(string origins) => Assert.Equal(
        "Http__AllowedOrigins", Assert.Throws<SettingException>(() => ReadCors(origins)).Setting);

    [Fact]
    public void A_preflight_of_a_listed_origin_is_told_what_it_may_send()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "OPTIONS";
        context.Request.Headers.Origin = "http://localhost:3000";
        context.Request.Headers.AccessControlRequestMethod = "PATCH";

        ReadCors("https://app.example.org, http://localhost:3000").Apply(context);

        Assert.True(Cors.IsPreflight(context.Request));
        Assert.Equal("http://localhost:3000", context.Response.Headers.AccessControlAllowOrigin);
        Assert.Contains("PATCH", context.Response.Headers.AccessControlAllowMethods.ToString(), StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", context.Response.Headers.AccessControlAllowHeaders.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_setting_no_origin_is_allowed()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Origin = "https://app.example.org";

        ReadCors(null).Apply(context);

        Assert.Empty(context.Response.Headers);
    }

    private static Cors ReadCors(string? origins) => Cors.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("Http:AllowedOrigins", origins)]).Build());

    private static HttpRequest Request(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        return request;
    }

    private static KeyValuePair<string, string[]> Refused(Action act) => Assert.Single(Assert.Throws<ProblemException>(act).Errors!);
}
