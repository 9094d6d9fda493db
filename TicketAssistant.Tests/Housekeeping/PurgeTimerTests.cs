using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Housekeeping;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Housekeeping;

public sealed class PurgeTimerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EngineHarness _engine;

    public PurgeTimerTests() => _engine = new EngineHarness { Time = _time }
        .Orchestrator("Ends", _ => Task.FromResult<object?>(null))
        .Orchestrator("Waits", async context => await context.WaitForExternalEvent<string>("go"))
        .Start();

    [Fact]
    public async Task What_ended_long_ago_is_removed_and_what_ended_lately_or_is_unfinished_is_kept()
    {
        await _engine.RunAsync("Ends", id: "old");
        await _engine.BeginAsync("Waits", id: "unfinished");
        await _engine.BeginAsync("Waits", id: "long");
        _time.Advance(TimeSpan.FromDays(40));
        await _engine.Client.RaiseEventAsync("long", "go", "now");
        await _engine.EndOf("long");
        await _engine.RunAsync("Ends", id: "young");

        await PurgeAsync(days: 30);
        await PurgeAsync(days: 30);

        Assert.Null(await _engine.Client.GetInstanceAsync("old"));
        foreach (var kept in new[] { "unfinished", "long", "young" }) Assert.NotNull(await _engine.Client.GetInstanceAsync(kept));
    }

    [Fact]
    public async Task More_than_it_lists_at_once_goes_in_one_round()
    {
        for (var i = 0; i < 1_050; i += 50) await Task.WhenAll(Enumerable.Range(i, 50).Select(n => _engine.RunAsync("Ends", id: $"old-{n}")));
        _time.Advance(TimeSpan.FromDays(40));

        await PurgeAsync(days: 30);

        await foreach (var left in _engine.Client.GetAllInstancesAsync(new OrchestrationQuery())) Assert.Fail($"{left.InstanceId} is still there.");
    }

    [Fact]
    public async Task Zero_days_keep_everything()
    {
        await _engine.RunAsync("Ends", id: "old");
        _time.Advance(TimeSpan.FromDays(4_000));

        await PurgeAsync(days: 0);

        Assert.NotNull(await _engine.Client.GetInstanceAsync("old"));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    public void The_setting_is_whole_days(string? setting, int days) => Assert.Equal(TimeSpan.FromDays(days), Read(setting).After);

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("a month")]
    public void A_malformed_setting_is_named(string setting) =>
        Assert.Equal("Durable__PurgeAfterDays", Assert.Throws<SettingException>(() => Read(setting)).Setting);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task PurgeAsync(int days) => new PurgeTimer(new PurgeOptions(TimeSpan.FromDays(days)), _time, NullLogger<PurgeTimer>.Instance)
        .RunAsync(new TimerInfo(), _engine.Client, TestContext.Current.CancellationToken);

    private static PurgeOptions Read(string? days) =>
        PurgeOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Durable:PurgeAfterDays", days)]).Build());
}
