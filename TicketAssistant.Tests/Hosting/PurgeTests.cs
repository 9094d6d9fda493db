using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.Tests.Management;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

public sealed class PurgeTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_ended_longer_ago_than_the_setting_is_removed_within_the_hour_and_nothing_else()
    {
        await using var host = await StartAsync("2");
        await host.StartRunAsync("Waits", "unfinished");
        await host.StartRunAsync("Waits", "old");
        await EndAsync(host, "old");
        // Counted from its end, not from its start.
        await host.StartRunAsync("Waits", "young");
        await AdvanceAsync(TimeSpan.FromHours(40));
        await EndAsync(host, "young");

        await AdvanceAsync(TimeSpan.FromHours(7));
        Assert.Equal(3, await CountAsync(host));
        await AdvanceAsync(TimeSpan.FromHours(2));
        await UntilCountAsync(host, 2);

        Assert.Equal("Completed", (await host.GetAsync("/instances/young")).Body.GetProperty("runtimeStatus").GetString());
        Assert.Equal("Running", (await host.GetAsync("/instances/unfinished")).Body.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task More_than_a_batch_goes_in_one_round()
    {
        await using var host = await StartAsync("1");
        for (var i = 0; i < 510; i += 30)
        {
            await Task.WhenAll(Enumerable.Range(i, 30).Select(async n =>
            {
                await host.StartRunAsync("Waits", $"r{n}");
                await EndAsync(host, $"r{n}");
            }));
        }

        _time.Advance(TimeSpan.FromHours(25));
        await UntilCountAsync(host, 0);
    }

    [Fact]
    public async Task Without_the_setting_it_is_thirty_days()
    {
        await using var host = await StartAsync(null);
        await host.StartRunAsync("Waits", "w");
        await EndAsync(host, "w");

        await AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(1, await CountAsync(host));
        await AdvanceAsync(TimeSpan.FromDays(1.1));
        await UntilCountAsync(host, 0);
    }

    [Fact]
    public async Task With_0_everything_is_kept()
    {
        await using var host = await StartAsync("0");
        await host.StartRunAsync("Waits", "w");
        await EndAsync(host, "w");

        await AdvanceAsync(TimeSpan.FromDays(4000));
        Assert.Equal(1, await CountAsync(host));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("36501")]
    [InlineData("")]
    public async Task A_malformed_setting_ends_the_start_and_is_named(string value)
    {
        var refusal = await Assert.ThrowsAsync<HostStartException>(() => StartAsync(value));

        Assert.StartsWith($"Durable__PurgeAfterDays is '{value}'; give a whole number of days", refusal.Message, StringComparison.Ordinal);
    }

    private Task<ManagementHost> StartAsync(string? days) => ManagementHost.StartAsync(
        days is null ? null : new Dictionary<string, string?> { ["Durable__PurgeAfterDays"] = days },
        builder => builder.Services.AddSingleton<TimeProvider>(_time));

    // In pieces, and with a pause: a timer of the fake clock fires once an advance, and its work is asynchronous.
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(by / 4);
            await Task.Delay(20);
        }
    }

    private static async Task EndAsync(ManagementHost host, string id)
    {
        await host.PostAsync($"/instances/{id}/raiseEvent/go", "x");
        await host.UntilAsync(id, "Completed");
    }

    private static async Task<int> CountAsync(ManagementHost host) => (await host.GetAsync("/instances?top=1000")).Body.GetArrayLength();

    private static async Task UntilCountAsync(ManagementHost host, int count)
    {
        for (var i = 0; i < 500 && await CountAsync(host) != count; i++) await Task.Delay(20);
        Assert.Equal(count, await CountAsync(host));
    }
}
