namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>An invariant that does not hold, and where.</summary>
internal sealed record Violation(string Invariant, string Detail);
