namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>The host cannot start, and the message alone says why and what to do: no stack trace would add to it.</summary>
internal sealed class HostStartException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
