using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Web;

/// <summary>
/// Everything that no other function takes. Functions are matched in the order of their names, so this one's name must sort
/// last.
/// </summary>
public sealed class ZCatchAll(RouteTable routes)
{
    /// <summary>204 for a CORS preflight, 405 where the path exists with another method, else 404; problem details all.</summary>
    [Function(nameof(ZCatchAll))]
    [Access(Access.Anyone)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request)
    {
        var allowed = routes.MethodsOf(request.Path);
        // What an origin may do is in the headers that the middleware has set.
        if (Cors.IsPreflight(request)) return Results.NoContent();
        if (allowed.Count == 0) throw new ProblemException(404, "Not found", $"There is nothing at {request.Path}.");
        var methods = string.Join(", ", allowed);
        throw new ProblemException(405, "Method not allowed", $"{request.Method} is not possible here; {methods} is.", header: ("Allow", methods));
    }
}
