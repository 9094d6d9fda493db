namespace TicketAssistant.Functions.Storage;

/// <summary>One page of a list.</summary>
/// <param name="Items">In list order.</param>
/// <param name="Next">Where the next page begins (opaque), or null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
