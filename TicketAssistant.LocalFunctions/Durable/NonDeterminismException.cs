namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>An orchestrator did what cannot be replayed, or its history no longer fits its code.</summary>
internal sealed class NonDeterminismException(string message) : Exception(message);
