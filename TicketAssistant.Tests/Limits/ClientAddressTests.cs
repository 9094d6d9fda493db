using System.Net;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Limits;
using Xunit;

namespace TicketAssistant.Tests.Limits;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData(null, "10.0.0.1")]
    [InlineData("", "10.0.0.1")]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:51234", "203.0.113.7")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:443", "20010db800010002")]
    [InlineData("2001:db8:1:2:ffff::1", "20010db800010002")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, nobody", "10.0.0.1")]
    [InlineData("<script>", "10.0.0.1")]
    public void The_header_that_is_named_says_where_a_request_comes_from(string? said, string address)
    {
        var request = Request("10.0.0.1");
        if (said is not null) request.Headers["X-Client"] = said;

        Assert.Equal(address, ClientAddress.Of(request, "X-Client"));
    }

    [Fact]
    public void Without_the_setting_no_header_is_believed()
    {
        var request = Request("10.0.0.1");
        foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "CLIENT-IP" }) request.Headers[header] = "6.6.6.6";

        Assert.Equal("10.0.0.1", ClientAddress.Of(request, null));
    }

    [Fact]
    public void A_connection_without_an_address_has_one_name() => Assert.Equal("unknown", ClientAddress.Of(new DefaultHttpContext().Request, null));

    private static HttpRequest Request(string peer)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        return http.Request;
    }
}
