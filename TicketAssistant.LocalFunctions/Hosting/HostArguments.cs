using System.Globalization;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>The two switches that the host reads from the command line. All others are the app's business.</summary>
internal static class HostArguments
{
    /// <summary>Loopback only, at the port that Core Tools use.</summary>
    public const string DefaultUrls = "http://localhost:7071";

    /// <summary>The addresses that the command line asks for, or null where it says nothing.</summary>
    /// <exception cref="HostStartException">A switch without a value, or with one that is no port.</exception>
    public static string? Urls(string[] args)
    {
        if (Value(args, "--urls") is { } urls) return urls;
        if (Value(args, "--port") is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
            throw new HostStartException($"--port: '{text}' is not a port; give a number from 0 to 65535.");
        // Kestrel refuses to choose a port for the two addresses of localhost at once.
        return port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";
    }

    /// <summary>The addresses that a setting names.</summary>
    /// <exception cref="HostStartException">One of them is no http address.</exception>
    public static string[] Split(string urls)
    {
        var split = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in split)
        {
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                throw new HostStartException($"'{url}' is no address to listen on; give one like {DefaultUrls}. For HTTPS put a proxy in front.");
        }

        return split.Length > 0 ? split : throw new HostStartException($"There is no address to listen on; give one like --urls {DefaultUrls}.");
    }

    private static string? Value(string[] args, string name)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)) return args[i][(name.Length + 1)..];
            if (!args[i].Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            return i + 1 < args.Length ? args[i + 1] : throw new HostStartException($"{name} has no value.");
        }

        return null;
    }
}
