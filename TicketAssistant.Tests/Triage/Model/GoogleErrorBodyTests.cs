using TicketAssistant.Functions.Triage.Model;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class GoogleErrorBodyTests
{
    [Theory]
    [InlineData("46s", 46.0)]
    [InlineData("0s", 0.0)]
    [InlineData("0.250s", 0.25)]
    [InlineData("7200s", 7200.0)]
    [InlineData("99999999999999999999s", 30 * 86_400.0)]
    [InlineData("-5s", null)]
    [InlineData("46", null)]
    [InlineData("s", null)]
    [InlineData("soon", null)]
    [InlineData("NaNs", null)]
    [InlineData("1e9s", null)]
    [InlineData(null, null)]
    public void Duration_is_read_as_protobuf_writes_it(string? text, double? seconds) =>
        Assert.Equal(seconds, GoogleErrorBody.Duration(text)?.TotalSeconds);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("quota")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""{"error":"quota"}""")]
    [InlineData("""{"error":{"details":7,"status":[]}}""")]
    [InlineData("""{"error":{"details":[null,{"retryDelay":5}]}}""")]
    [InlineData("""{"error":{"status":"\ud800"}}""")]
    public void Body_of_another_shape_says_nothing(string? body) => Assert.Equal(default, GoogleErrorBody.Read(body));
}
