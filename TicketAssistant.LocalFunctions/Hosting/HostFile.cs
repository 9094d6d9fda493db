using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>What this host takes from host.json.</summary>
/// <param name="RoutePrefix">What every HTTP route begins with (extensions.http.routePrefix), without slashes at its ends.</param>
/// <param name="MaxConcurrentActivities">extensions.durableTask.maxConcurrentActivityFunctions; null where it is not set.</param>
/// <param name="MaxConcurrentOrchestrators">extensions.durableTask.maxConcurrentOrchestratorFunctions; null where it is not set.</param>
/// <param name="ExtendedSessions">extensions.durableTask.extendedSessionsEnabled; false where it is not set.</param>
internal sealed record HostFile(string RoutePrefix, int? MaxConcurrentActivities, int? MaxConcurrentOrchestrators, bool ExtendedSessions)
{
    private const string FileName = "host.json";
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The host.json of a folder or of the nearest one above it, or null.</summary>
    public static string? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, FileName);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <exception cref="HostStartException">There is none, it cannot be read, or a value in it is not what it should be.</exception>
    public static HostFile Load(string folder)
    {
        var path = Find(folder) ?? throw new HostStartException($"There is no host.json in '{folder}' or above it; a functions app has one beside it.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_lenient);
            if (Child(document.RootElement, "version") is not { ValueKind: JsonValueKind.String } version || version.GetString() != "2.0")
                throw new HostStartException($"'{path}': \"version\" must be \"2.0\".");
            var extensions = Child(document.RootElement, "extensions");
            var durable = Child(extensions, "durableTask");
            return new HostFile(
                Text(path, Child(extensions, "http"), "routePrefix", "api").Trim('/'),
                Count(path, durable, "maxConcurrentActivityFunctions"),
                Count(path, durable, "maxConcurrentOrchestratorFunctions"),
                Flag(path, durable, "extendedSessionsEnabled"));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// This file with what the settings override: on the real host, too, <c>AzureFunctionsJobHost__extensions__durableTask__...</c>
    /// wins over host.json (https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values).
    /// </summary>
    /// <exception cref="HostStartException">A value is not what it should be.</exception>
    public HostFile With(IConfiguration settings) => this with
    {
        MaxConcurrentActivities = Count(settings, "maxConcurrentActivityFunctions") ?? MaxConcurrentActivities,
        MaxConcurrentOrchestrators = Count(settings, "maxConcurrentOrchestratorFunctions") ?? MaxConcurrentOrchestrators,
    };

    private static int? Count(IConfiguration settings, string name)
    {
        var text = settings["AzureFunctionsJobHost:extensions:durableTask:" + name];
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new HostStartException($"AzureFunctionsJobHost__extensions__durableTask__{name} is '{text}', not a whole number above 0.");
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) ? child : null;

    private static string Text(string path, JsonElement? section, string name, string fallback) => Child(section, name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        var value => throw new HostStartException($"'{path}': \"{name}\" is {value}, not a text."),
    };

    private static bool Flag(string path, JsonElement? section, string name) => Child(section, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        var value => throw new HostStartException($"'{path}': \"{name}\" is {value}, neither true nor false."),
    };

    private static int? Count(string path, JsonElement? section, string name) => Child(section, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number > 0 => number,
        var value => throw new HostStartException($"'{path}': \"{name}\" is {value}, not a whole number above 0."),
    };
}
