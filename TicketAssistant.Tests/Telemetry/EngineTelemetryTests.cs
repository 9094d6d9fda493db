using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Telemetry;

/// <summary>The names in docs/telemetry.md, measured.</summary>
// Not beside each other: what an app exports has lost its descriptions, and a span is the same object for whoever listens.
[Collection("spans")]
public sealed class EngineTelemetryTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measured = [];

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Starts_and_ends_activities_commits_and_replays_are_measured()
    {
        await using var engine = Engine().Start();
        Listen(engine.Engine.Meter);

        await engine.RunAsync("Good");
        await engine.RunAsync("Bad");
        var waiting = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await engine.Client.WaitForInstanceStartAsync(waiting);
        await engine.Client.TerminateInstanceAsync(waiting);
        await engine.EndOf(waiting);

        Assert.Equal(1, Sum("durable.orchestrations.started", "Good"));
        Assert.Equal(1, Sum("durable.orchestrations.completed", "Good"));
        Assert.Equal(1, Sum("durable.orchestrations.started", "Bad"));
        Assert.Equal(1, Sum("durable.orchestrations.failed", "Bad"));
        Assert.Equal(0, Sum("durable.orchestrations.completed", "Bad"));
        Assert.Equal(1, Sum("durable.orchestrations.terminated", "Waits"));
        Assert.Equal(
            [("Breaks", "failed"), ("Works", "succeeded"), ("Works", "succeeded")],
            Of("durable.activity.duration").Select(m => ((string)m.Tags["durable.activity.name"]!, (string)m.Tags["durable.activity.outcome"]!)).Order());
        Assert.All(Of("durable.activity.duration"), m => Assert.InRange(m.Value, 0, 60));
        Assert.Equal([0, 1, 2], Of("durable.replay.length").Where(m => Equals(m.Tags["durable.orchestration.name"], "Good")).Select(m => m.Value).Order());
        // The writes of a commit are known to its callers a moment before they are measured, the last ones apart.
        Assert.True(Of("durable.commit.batch_size").Sum(m => m.Value) >= 5);
    }

    [Fact]
    public async Task What_waits_for_a_worker_is_the_length_of_the_queues()
    {
        await using var engine = Engine().Start();
        Listen(engine.Engine.Meter);

        await engine.RunAsync("Good");
        _listener.RecordObservableInstruments();

        Assert.Equal(
            [("activities", 0d), ("turns", 0d)],
            Of("durable.queue.length").Select(m => ((string)m.Tags["durable.queue"]!, m.Value)).Order());
    }

    [Fact]
    public async Task Turns_and_activities_are_spans_that_carry_the_instance_id()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var engine = Engine().Start();
        var id = $"bad-{Guid.NewGuid():N}";

        await engine.RunAsync("Bad", id: id);

        // Other tests' engines share the source.
        var mine = spans.Where(s => Equals(s.GetTagItem("durabletask.task.instance_id"), id)).OrderBy(s => s.StartTimeUtc).ToList();
        Assert.Equal(["orchestration:Bad", "activity:Breaks", "orchestration:Bad"], mine.Select(s => s.OperationName));
        Assert.Equal(["orchestration", "activity", "orchestration"], mine.Select(s => s.GetTagItem("durabletask.type")));
        Assert.Equal((ActivityStatusCode.Error, "failed"), (mine[1].Status, mine[1].GetTagItem("durable.activity.outcome")));
        Assert.Equal("InvalidOperationException", mine[1].StatusDescription);
    }

    private static EngineHarness Engine() => new EngineHarness()
        .Orchestrator("Good", async context =>
        {
            await context.CallActivityAsync<string>("Works");
            return await context.CallActivityAsync<string>("Works");
        })
        .Orchestrator("Bad", async context => await context.CallActivityAsync<string>("Breaks"))
        .Orchestrator("Waits", async context => await context.WaitForExternalEvent<string>("never"))
        .Activity<string>("Works", _ => "done")
        .Activity<string>("Breaks", (Func<string?, object?>)(_ => throw new InvalidOperationException("secret")));

    private void Listen(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));

    private IEnumerable<(string Instrument, double Value, Dictionary<string, object?> Tags)> Of(string instrument) =>
        _measured.Where(m => m.Instrument == instrument);

    private double Sum(string instrument, string orchestration) =>
        Of(instrument).Where(m => Equals(m.Tags["durable.orchestration.name"], orchestration)).Sum(m => m.Value);
}
