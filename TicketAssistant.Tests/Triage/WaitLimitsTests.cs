using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using Xunit;

namespace TicketAssistant.Tests.Triage;

public sealed class WaitLimitsTests
{
    [Fact]
    public void The_more_urgent_a_ticket_the_shorter_it_waits()
    {
        var limits = Read();

        Assert.Equal(
            [TimeSpan.FromHours(24), TimeSpan.FromHours(8), TimeSpan.FromHours(2), TimeSpan.FromMinutes(15)],
            new[] { TicketPriority.Low, TicketPriority.Medium, TicketPriority.High, TicketPriority.Urgent }.Select(limits.For));
    }

    [Fact]
    public void Each_limit_can_be_set()
    {
        Assert.Equal(TimeSpan.FromMinutes(3), Read(("Triage:WaitMinutesUrgent", "3")).For(TicketPriority.Urgent));
        Assert.Equal(TimeSpan.Zero, Read(("Triage:WaitMinutesLow", "0")).For(TicketPriority.Low));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1.5")]
    public void A_malformed_limit_is_named(string value)
    {
        Assert.Contains("Triage__WaitMinutesHigh", Assert.Throws<SettingException>(() => Read(("Triage:WaitMinutesHigh", value))).Message, StringComparison.Ordinal);
    }

    private static WaitLimits Read(params (string Key, string Value)[] settings) => WaitLimits.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build());
}
