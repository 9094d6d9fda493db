using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Http;

/// <summary>What to call a .NET type in front of somebody who sends JSON.</summary>
internal static class JsonTypeNames
{
    /// <summary>Fits after "must be".</summary>
    public static string Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OptionalValue<>)) return Of(type.GetGenericArguments()[0]) + " or null";
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return OneOf(NamesOf(type));
        if (type == typeof(string)) return "a string";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int) || type == typeof(long)) return "a whole number";
        if (type == typeof(Guid)) return "an id (UUID)";
        return typeof(IEnumerable<string>).IsAssignableFrom(type) ? "a list of strings" : "of another form";
    }

    /// <summary>"one of a, b, c".</summary>
    public static string OneOf(IEnumerable<string> names) => "one of " + string.Join(", ", names);

    private static IReadOnlyList<string> NamesOf(Type enumType) =>
        (IReadOnlyList<string>)typeof(EnumNames<>).MakeGenericType(enumType).GetProperty(nameof(EnumNames<>.All))!.GetValue(null)!;
}
