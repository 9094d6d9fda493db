using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Http;

/// <summary>
/// Which other web sites may call the API from a browser: none unless <c>Http__AllowedOrigins</c> names them, comma separated.
/// Never with cookies: a token is sent by who has it.
/// </summary>
internal sealed class Cors(IEnumerable<string> allowedOrigins)
{
    private readonly FrozenSet<string> _allowed = allowedOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="SettingException">One of the origins is none.</exception>
    public static Cors Read(IConfiguration configuration)
    {
        const string setting = "Http__AllowedOrigins";
        var origins = (configuration.Text(setting) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins)
        {
            if (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            throw new SettingException(setting, $"'{origin}' is not an origin such as https://app.example.org (no path, no wildcard).");
        }

        return new Cors(origins);
    }

    /// <summary>True where a browser asks whether it may send a request.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Access-Control-Request-Method");

    /// <summary>Lets a listed origin read this reply. A preflight is told in addition what it may send.</summary>
    public void Apply(HttpContext context)
    {
        if (_allowed.Count == 0) return;
        var headers = context.Response.Headers;
        headers.Vary = "Origin";
        var origin = context.Request.Headers.Origin.ToString();
        if (!_allowed.Contains(origin)) return;

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "Location, Retry-After";
        if (!IsPreflight(context.Request)) return;
        headers.AccessControlAllowMethods = "GET, POST, PATCH, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
        headers.AccessControlMaxAge = "600";
    }
}
