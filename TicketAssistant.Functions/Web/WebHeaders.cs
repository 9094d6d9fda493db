using Microsoft.AspNetCore.Http;

namespace TicketAssistant.Functions.Web;

/// <summary>What goes with every file of the web app. Hosts of plain files should send the same.</summary>
internal static class WebHeaders
{
    /// <summary>
    /// Only what lies beside the page: no script, style, image or request of anybody else, nothing inline, no frame around it,
    /// and no text that becomes HTML or script by assignment.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Apply(HttpResponse response, bool immutable)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.AppendCommaSeparatedValues("Vary", "Accept-Encoding", "Accept");
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
