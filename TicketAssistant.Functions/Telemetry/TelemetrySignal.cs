namespace TicketAssistant.Functions.Telemetry;

/// <summary>What becomes of one kind of telemetry.</summary>
/// <param name="Exported">Whether it goes out.</param>
/// <param name="Endpoint">Where to, if not to where the others go.</param>
internal sealed record TelemetrySignal(bool Exported, Uri? Endpoint);
