using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Management.Runs;

/// <summary>What went into a step and what came out, as stored: JSON, or null.</summary>
internal sealed record StepPayload(string? Input, string? Output, Failure? Error);
