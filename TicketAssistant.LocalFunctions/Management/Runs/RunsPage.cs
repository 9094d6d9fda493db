using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace TicketAssistant.LocalFunctions.Management.Runs;

/// <summary>
/// Serves the runs page. Its files are the same for everybody and hold nothing, so they come without a key; what they show
/// is asked for with the key in a header, never in an address, where it would be logged and kept.
/// </summary>
internal sealed class RunsPage(ManagementKey key, RunsApi api)
{
    /// <summary>Where the page is.</summary>
    public const string Prefix = "/runtime/runs";

    private const string ResourcePrefix = "runs/";

    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    // Read once: an answer is a copy out of memory.
    private static readonly Dictionary<string, byte[]> s_files = Load();

    /// <param name="http">The request and its answer.</param>
    /// <param name="path">The path below <see cref="Prefix"/>.</param>
    public async Task HandleAsync(HttpContext http, PathString path)
    {
        Guard(http.Response.Headers);
        var segments = path.ToUriComponent().Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var answer = segments is ["data", .. var rest] ? Data(http, rest) : File(http, segments);
        await answer.ExecuteAsync(http);
    }

    private IResult Data(HttpContext http, string[] segments)
    {
        http.Response.Headers.CacheControl = "no-store";
        return key.IsInHeader(http.Request) ? api.Answer(http, segments) : Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private static IResult File(HttpContext http, string[] segments)
    {
        if (http.Request.Method != "GET") return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        // Relative addresses in the page need the slash.
        if (segments.Length == 0 && !http.Request.Path.Value!.EndsWith('/')) return Results.Redirect($"{Prefix}/", permanent: false);
        var name = segments switch
        {
            [] => "index.html",
            [var one] => one,
            _ => "",
        };
        if (!s_files.TryGetValue(name, out var content)) return Results.StatusCode(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(content, s_types[Path.GetExtension(name)]);
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static Dictionary<string, byte[]> Load()
    {
        var assembly = typeof(RunsPage).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToDictionary(name => name[ResourcePrefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
