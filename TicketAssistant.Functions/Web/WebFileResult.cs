using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TicketAssistant.Functions.Web;

/// <summary>Answers with a file: compressed where the client takes it, 304 where it has it.</summary>
/// <param name="file">The file.</param>
/// <param name="immutable">Whether this address will never have another content.</param>
/// <param name="status">200, or 404 for the start page at a path that has no page.</param>
internal sealed class WebFileResult(WebFile file, bool immutable, int status = StatusCodes.Status200OK) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var (content, encoding) = file.In(AcceptedEncodings.Read(request.Headers.AcceptEncoding!));
        // One tag for each form of the content: they are not the same bytes.
        var tag = new EntityTagHeaderValue($"\"{file.Hash}{(encoding is null ? "" : $"-{encoding}")}\"");
        WebHeaders.Apply(response, immutable);
        response.Headers.ETag = tag.ToString();
        if (status == StatusCodes.Status200OK && Has(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    private static bool Has(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));
}
