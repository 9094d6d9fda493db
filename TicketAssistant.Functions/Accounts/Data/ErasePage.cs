namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>How far an erasure has come.</summary>
/// <param name="UserId">Who is forgotten.</param>
/// <param name="Cursor">Where to go on in the list of all tickets; null to begin.</param>
public sealed record ErasePage(Guid UserId, string? Cursor = null);
