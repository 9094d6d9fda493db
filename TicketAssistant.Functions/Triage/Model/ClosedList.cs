using System.Text.Json;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>The names of an enum as JSON writes them: one source for the schema, the prompt and the validator.</summary>
internal static class ClosedList<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> Values = Enum.GetValues<TEnum>()
        .ToDictionary(value => JsonSerializer.SerializeToElement(value).GetString()!, StringComparer.OrdinalIgnoreCase);

    /// <summary>In the enum's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Values.Keys];

    /// <summary>True where the list has the name; case does not matter, numbers are not names.</summary>
    public static bool TryRead(string name, out TEnum value) => Values.TryGetValue(name, out value);
}
