using Microsoft.AspNetCore.Http;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>
/// The durable HTTP API, with the real one's routes, status codes and JSON. Left out: entities, and what belongs to a task
/// hub elsewhere (<c>taskHub</c> and <c>connection</c> are accepted and ignored).
/// </summary>
internal sealed class ManagementApi(ManagementKey key, InstanceQueries queries, InstanceCommands commands)
{
    /// <summary>What every path of the API begins with.</summary>
    public const string Prefix = "/runtime/webhooks/durabletask";

    /// <param name="http">The request and its answer.</param>
    /// <param name="path">The path below <see cref="Prefix"/>.</param>
    public async Task HandleAsync(HttpContext http, PathString path)
    {
        if (!key.IsIn(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var segments = path.ToUriComponent().Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var answer = await AnswerAsync(http, segments);
        await answer.ExecuteAsync(http);
    }

    // The fixed parts of a path are the same in any case, the ids and names between them are not.
    private Task<IResult> AnswerAsync(HttpContext http, string[] segments) => segments switch
    {
        [var root, .. var rest] when root.Equals("instances", StringComparison.OrdinalIgnoreCase) => InstancesAsync(http, rest),
        [var root, .. var rest] when root.Equals("orchestrators", StringComparison.OrdinalIgnoreCase) => OrchestratorsAsync(http, rest),
        _ => NotFound,
    };

    private Task<IResult> InstancesAsync(HttpContext http, string[] path) => (http.Request.Method, path) switch
    {
        ("GET", []) => queries.ListAsync(http),
        ("GET", [var id]) => queries.ShowAsync(http, id),
        ("DELETE", []) => commands.PurgeAsync(http),
        ("DELETE", [var id]) => commands.PurgeAsync(http, id),
        ("POST", [var id, var verb, .. var rest]) => (verb.ToUpperInvariant(), rest) switch
        {
            ("RAISEEVENT", [var name]) => commands.RaiseEventAsync(http, id, name),
            ("TERMINATE", []) => commands.TerminateAsync(http, id),
            ("SUSPEND", []) => commands.SuspendAsync(http, id),
            ("RESUME", []) => commands.ResumeAsync(http, id),
            ("REWIND", []) => commands.RewindAsync(http, id),
            ("RESTART", []) => commands.RestartAsync(http, id),
            _ => NotFound,
        },
        _ => NotFound,
    };

    private Task<IResult> OrchestratorsAsync(HttpContext http, string[] path) => (http.Request.Method, path) switch
    {
        ("POST", [var name]) => commands.StartAsync(http, name, null),
        ("POST", [var name, var id]) => commands.StartAsync(http, name, id),
        _ => NotFound,
    };

    private static Task<IResult> NotFound => Task.FromResult(Results.StatusCode(StatusCodes.Status404NotFound));
}
