using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Json;

/// <summary>
/// The names that an enum's values have on the wire and in the store: the ones that its
/// <see cref="JsonStringEnumMemberNameAttribute"/>s give the JSON serializer, for the places that don't write JSON.
/// </summary>
internal static class EnumNames<TEnum> where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = typeof(TEnum)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToFrozenDictionary(
            f => (TEnum)f.GetValue(null)!,
            f => f.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? f.Name);

    private static readonly FrozenDictionary<string, TEnum> Values = Names
        .ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order of the values.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.OrderBy(p => p.Key).Select(p => p.Value)];

    public static string Of(TEnum value) => Names[value];

    /// <summary>The value of exactly this name; throws <see cref="KeyNotFoundException"/> where there is none.</summary>
    public static TEnum Parse(string name) => Values[name];

    public static bool TryParse(string name, out TEnum value) => Values.TryGetValue(name, out value);
}
