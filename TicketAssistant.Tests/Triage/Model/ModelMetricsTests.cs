using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

/// <summary>The metrics by the names in docs/telemetry.md.</summary>
public sealed class ModelMetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(Meter Meter, string Name, double Value, Dictionary<string, object?> Tags)> _seen = new();

    public ModelMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TriageTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task Tokens_duration_and_outcome_of_each_question_are_counted()
    {
        await using var bench = await ModelBench.StartAtAsync("/v1", ("Gemini__Model", "counted-model"));
        bench.Server.Enqueue(FakeModelReply.Good(), FakeModelReply.Blocked, FakeModelReply.Error(500), FakeModelReply.Error(401));
        for (var i = 0; i < 4; i++) await bench.AskAsync();

        var mine = _seen.Where(m => m.Tags.GetValueOrDefault("gen_ai.request.model") as string == "counted-model").ToList();
        var tokens = mine.Where(m => m.Name == "gen_ai.client.token.usage" && m.Tags["gen_ai.response.model"] as string == "gemini-test-001").ToList();
        Assert.Contains(tokens, m => m.Value == 120 && m.Tags["gen_ai.token.type"] as string == "input");
        Assert.Contains(tokens, m => m.Value == 40 && m.Tags["gen_ai.token.type"] as string == "output");
        var durations = mine.Where(m => m.Name == "gen_ai.client.operation.duration").ToList();
        Assert.Equal(4, durations.Count);
        Assert.All(durations, m => Assert.Equal("chat", m.Tags["gen_ai.operation.name"]));
        Assert.Equal(2, durations.Count(m => m.Tags.ContainsKey("error.type")));
        Assert.Equal(
            ["succeeded", "refused", "failed", "misconfigured"],
            _seen.Where(m => m.Meter == bench.Telemetry.Meter && m.Name == "triage.model.answers").Select(m => m.Tags["triage.model.outcome"]));
    }

    [Fact]
    public async Task The_gate_shows_how_full_it_is_and_whether_it_is_closed()
    {
        await using var bench = await ModelBench.StartAsync();
        _listener.RecordObservableInstruments();
        var mine = _seen.Where(m => m.Meter == bench.Telemetry.Meter).ToDictionary(m => m.Name, m => m.Value);
        Assert.Equal(0, mine["triage.model.in_flight"]);
        Assert.Equal(0, mine["triage.model.breaker_open"]);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new Dictionary<string, object?>();
        foreach (var (name, tag) in tags) all[name] = tag;
        _seen.Enqueue((instrument.Meter, instrument.Name, value, all));
    }
}
