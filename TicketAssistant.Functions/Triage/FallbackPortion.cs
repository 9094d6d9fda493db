namespace TicketAssistant.Functions.Triage;

/// <summary>Which fallbacks to list.</summary>
/// <param name="After">The last ticket of the portion before; null for the first.</param>
/// <param name="Limit">How many at most.</param>
public sealed record FallbackPortion(Guid? After, int Limit);
