namespace TicketAssistant.Functions.Http;

/// <summary>A member of a request body where null means something else than being left out.</summary>
/// <param name="IsSet">True where the member was given, null included.</param>
/// <param name="Value">What was given.</param>
public readonly record struct OptionalValue<T>(bool IsSet, T? Value);
