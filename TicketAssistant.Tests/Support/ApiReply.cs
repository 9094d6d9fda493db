using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>A reply, read whole.</summary>
internal sealed record ApiReply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);

    /// <summary>Checks that it is a problem of RFC 9457 with this status, a trace id and nothing of our insides.</summary>
    public JsonElement IsProblem(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)status} was expected, {(int)Status} came: {Text}");
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", Json.GetProperty("title").GetString());
        Assert.NotEqual("", Json.GetProperty("traceId").GetString());
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Text, StringComparison.Ordinal);
        return Json;
    }
}
