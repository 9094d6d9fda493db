namespace TicketAssistant.Functions.Triage;

/// <summary>An orchestration could not be scheduled: what keeps them is away, or its disk is full. Nothing was begun; try again.</summary>
public sealed class DurableUnavailableException(string message, Exception innerException) : Exception(message, innerException);
