namespace TicketAssistant.Functions.Storage;

/// <summary>The store could not be reached or did not answer in time. Nothing is known to be lost; try again.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
