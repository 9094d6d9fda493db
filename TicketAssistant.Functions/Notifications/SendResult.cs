namespace TicketAssistant.Functions.Notifications;

/// <summary>What came of sending a mail.</summary>
/// <param name="Outcome">Whether it went out.</param>
/// <param name="BusyUntil">
/// With <see cref="SendOutcome.Busy"/>: when to look again (UTC), because whoever is sending it has done so by then or lost the
/// right to. Otherwise null.
/// </param>
public sealed record SendResult(SendOutcome Outcome, DateTimeOffset? BusyUntil = null);
