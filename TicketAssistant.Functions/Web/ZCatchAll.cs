using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Web;

/// <summary>
/// Everything that no other function takes: the web app's files and pages, and what is nowhere. Functions are matched in the
/// order of their names, so this one's name must sort last.
/// </summary>
public sealed class ZCatchAll
{
    private readonly RouteTable _routes;
    private readonly WebFiles _files;

    /// <summary>For the container.</summary>
    public ZCatchAll(RouteTable routes, IServiceProvider services) => (_routes, _files) = (routes, services.GetRequiredService<WebFiles>());

    /// <summary>
    /// 200 with a file, or with the start page at the path of a page; 204 for a CORS preflight; 405 where the path exists with
    /// another method, else 404: problem details, but the start page for a browser that is outside /api.
    /// </summary>
    [Function(nameof(ZCatchAll))]
    [Access(Access.Anyone)]
    [Operation("The web app's files and pages, and whatever is nowhere else in this document")]
    [Parameter("path", "Any path, slashes included.", In = "path", Example = "tickets")]
    [Reply(200, "A file or a page.", MediaType = "*/*", Headers = ["ETag"])]
    [Reply(204, "A CORS preflight.")]
    [Reply(304, "The client has it.", Headers = ["ETag"])]
    [Reply(404, "The start page, for a browser that goes to a page that there is not.", MediaType = "text/html", Example = "<!doctype html><title>Tickets</title>")]
    [Failure(405, "Method not allowed", "PUT is not possible here; GET, POST is.")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request)
    {
        // What an origin may do is in the headers that the middleware has set.
        if (Cors.IsPreflight(request)) return Results.NoContent();
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var path = request.Path.Value ?? "/";
        var file = Find(path);
        if (file is not null && reads) return file;

        var allowed = file is not null ? ["GET", "HEAD"] : _routes.MethodsOf(request.Path);
        if (allowed.Count > 0)
        {
            var methods = string.Join(", ", allowed);
            throw new ProblemException(405, "Method not allowed", $"{request.Method} is not possible here; {methods} is.", header: ("Allow", methods));
        }

        return reads && IsForPeople(request)
            ? new WebFileResult(_files.Index, immutable: false, StatusCodes.Status404NotFound)
            : throw new ProblemException(404, "Not found", $"There is nothing at {path}.");
    }

    private WebFileResult? Find(string path)
    {
        if (PagePaths.Contains(path)) return new WebFileResult(_files.Index, immutable: false);
        return _files.Find(path[1..]) is var (file, immutable) ? new WebFileResult(file, immutable) : null;
    }

    /// <summary>A browser that goes somewhere, rather than a program, or a page that loads a part of itself.</summary>
    private static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api")
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept!, out var types)
        && types.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
