using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Settings;
using Xunit;

namespace TicketAssistant.Tests.Limits;

public sealed class LimitOptionsTests
{
    [Fact]
    public void Limits_are_on_and_look_at_the_connection_unless_told_otherwise()
    {
        var options = Read();
        Assert.True(options.Enabled);
        Assert.Null(options.AddressHeader);
        Assert.Equal(TimeSpan.FromMinutes(5), options.LongestWait);
    }

    [Fact]
    public void What_is_set_counts()
    {
        var options = Read(("Enabled", "false"), ("SignupsPerHour", "3"), ("TicketsPerMinute", "4"), ("AddressFrom", "X-Azure-ClientIP"), ("LongestWaitSeconds", "60"));
        Assert.Equal((false, 3, 4, "X-Azure-ClientIP", TimeSpan.FromMinutes(1)), (options.Enabled, options.SignupsPerHour, options.TicketsPerMinute, options.AddressHeader, options.LongestWait));
        Assert.Null(Read(("AddressFrom", "Peer")).AddressHeader);
    }

    [Theory]
    [InlineData("Enabled", "sometimes")]
    [InlineData("LoginsPerMinute", "0")]
    [InlineData("SignupsPerHour", "-1")]
    [InlineData("TicketsPerMinute", "many")]
    [InlineData("LongestWaitSeconds", "3601")]
    [InlineData("AddressFrom", "X-Forwarded-For: 1")]
    public void A_malformed_one_is_named(string name, string value) =>
        Assert.Equal($"RateLimits__{name}", Assert.Throws<SettingException>(() => Read((name, value))).Setting);

    private static LimitOptions Read(params (string Name, string Value)[] settings) => LimitOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"RateLimits:{s.Name}", (string?)s.Value))).Build());
}
