namespace TicketAssistant.Functions.Web;

/// <summary>
/// The paths that the web app has a page for (its <c>app/routes.js</c> says the same; a test holds them together). A browser
/// that asks for anything else gets the app too, with the status 404, and the app says so in words.
/// </summary>
internal static class PagePaths
{
    /// <summary>Every page; <c>{id}</c> stands for a UUID.</summary>
    public static readonly string[] All =
    [
        "/", "/sign-in", "/sign-up", "/reset-password", "/account", "/queue", "/tickets", "/tickets/new", "/tickets/{id}", "/triage", "/statistics", "/people",
        "/audit", "/system",
    ];

    /// <summary>Whether there is a page at a path.</summary>
    public static bool Contains(string path)
    {
        if (path.Length > 1) path = path.TrimEnd('/');
        if (All.Contains(path, StringComparer.Ordinal)) return true;
        var last = path.LastIndexOf('/');
        return last > 0 && Guid.TryParseExact(path[(last + 1)..], "D", out _) && All.Contains(path[..last] + "/{id}", StringComparer.Ordinal);
    }
}
