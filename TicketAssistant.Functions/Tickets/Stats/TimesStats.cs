namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>How long people waited.</summary>
/// <param name="FirstResponse">From creation to the first answer of staff.</param>
/// <param name="Resolution">From creation to done.</param>
public sealed record TimesStats(DurationStats FirstResponse, DurationStats Resolution);
