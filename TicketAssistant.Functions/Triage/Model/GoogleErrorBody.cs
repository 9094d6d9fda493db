using System.Globalization;
using System.Text.Json;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// The parts of Google's error reply that decide something
/// (https://cloud.google.com/apis/design/errors: <c>error.status</c>, <c>error.details[]</c>).
/// </summary>
/// <param name="Status">Google's code in words, such as RESOURCE_EXHAUSTED; null where there is none.</param>
/// <param name="RetryDelay">RetryInfo.retryDelay, not negative, at most 30 days; null where there is none.</param>
/// <param name="IsKeyInvalid">True where the key itself is what was refused.</param>
internal readonly record struct GoogleErrorBody(string? Status, TimeSpan? RetryDelay, bool IsKeyInvalid)
{
    private const double MaxDelaySeconds = 30 * 86_400;

    /// <summary>Reads a body; anything that is not Google's gives the empty value.</summary>
    /// <param name="body">JSON: an object, or, from the OpenAI-compatible endpoint, an array around one.</param>
    public static GoogleErrorBody Read(string? body)
    {
        if (string.IsNullOrWhiteSpace(body)) return default;
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root is { ValueKind: JsonValueKind.Array } && root.GetArrayLength() > 0) root = root[0];
            if (Member(root, "error") is not { } error) return default;
            return new GoogleErrorBody(Text(error, "status"), Delay(error), KeyInvalid(error));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or JSON with text that is not valid Unicode.
            return default;
        }
    }

    /// <summary>Reads a duration as protobuf writes it: seconds with an optional fraction, then "s".</summary>
    public static TimeSpan? Duration(string? text) =>
        text is { Length: > 1 } && text[^1] == 's'
        && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaxDelaySeconds))
            : null;

    private static TimeSpan? Delay(JsonElement error)
    {
        foreach (var detail in Details(error))
        {
            if (Duration(Text(detail, "retryDelay")) is { } delay) return delay;
        }
        return null;
    }

    private static bool KeyInvalid(JsonElement error)
    {
        foreach (var detail in Details(error))
        {
            if (Text(detail, "reason") == "API_KEY_INVALID") return true;
        }
        // The OpenAI-compatible endpoint leaves the details out.
        return Text(error, "message")?.Contains("valid API key", StringComparison.OrdinalIgnoreCase) == true;
    }

    private static JsonElement.ArrayEnumerator Details(JsonElement error) =>
        Member(error, "details") is { ValueKind: JsonValueKind.Array } details ? details.EnumerateArray() : default;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
