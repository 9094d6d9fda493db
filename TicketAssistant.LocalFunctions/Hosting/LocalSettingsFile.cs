using System.Text.Json;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Reads local.settings.json, whose <c>Values</c> stand for environment variables on a developer's machine.</summary>
internal static class LocalSettingsFile
{
    /// <summary>The settings of the file in a folder, keys as configuration keys; none where there is no file.</summary>
    /// <exception cref="HostStartException">The file cannot be read, or is not what Core Tools would take.</exception>
    public static Dictionary<string, string?> Load(string folder)
    {
        var path = Path.Combine(folder, "local.settings.json");
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path)) return settings;
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!document.RootElement.TryGetProperty("Values", out var values)) return settings;
            foreach (var value in values.EnumerateObject())
            {
                if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    throw new HostStartException($"'{path}': the value of \"{value.Name}\" must be a text; write nested settings as Section__Name.");
                settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
            }

            return settings;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"'{path}' cannot be read: {e.Message}", e);
        }
        catch (InvalidOperationException e) when (e is not HostStartException)
        {
            throw new HostStartException($"'{path}' must hold an object with an object \"Values\".", e);
        }
    }
}
