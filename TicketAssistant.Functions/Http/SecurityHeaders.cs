using Microsoft.AspNetCore.Http;

namespace TicketAssistant.Functions.Http;

/// <summary>What every reply says unless its function says otherwise: this is data, not a page, and not to be kept.</summary>
internal static class SecurityHeaders
{
    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }
}
