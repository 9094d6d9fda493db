using System.Diagnostics.Metrics;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Model;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// What triage tells of itself, by the names in docs/telemetry.md: part of the contract with whoever has dashboards. Costs
/// next to nothing while nobody listens.
/// </summary>
public sealed class TriageTelemetry : IDisposable
{
    /// <summary>The name of the meter, and of the meter and source of each question to the model.</summary>
    public const string Name = "TicketAssistant.Triage";

    private readonly Counter<long> _analyses;
    private readonly Counter<long> _answers;

    internal TriageTelemetry(ModelGate gate)
    {
        Meter = new Meter(Name);
        _analyses = Meter.CreateCounter<long>("triage.analyses", "{analysis}", "Analyses that were stored on a ticket.");
        _answers = Meter.CreateCounter<long>("triage.model.answers", "{answer}", "How questions to the model ended.");
        Meter.CreateObservableGauge("triage.model.in_flight", () => gate.InFlight, "{ticket}", "Tickets that are with the model.");
        Meter.CreateObservableGauge("triage.model.breaker_open", () => gate.IsOpen ? 1 : 0, "1", "1 while the model is left alone.");
    }

    /// <summary>One an app, so that two in one process can be told apart.</summary>
    public Meter Meter { get; }

    /// <summary>An analysis was stored.</summary>
    public void Analysed(TriageState state, TriageSource? source) => _analyses.Add(
        1,
        new("triage.state", EnumNames<TriageState>.Of(state)),
        new("triage.source", source is { } known ? EnumNames<TriageSource>.Of(known) : "none"));

    /// <summary>A question to the model ended.</summary>
    internal void Answered(ModelOutcome outcome) => _answers.Add(1, new KeyValuePair<string, object?>("triage.model.outcome", outcome switch
    {
        ModelOutcome.Succeeded => "succeeded",
        ModelOutcome.Retry => "failed",
        ModelOutcome.Refused => "refused",
        _ => "misconfigured",
    }));

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
