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

    private Task<IResult> AnswerAsync(HttpContext http, string[] segments) => (http.Request.Method, segments) switch
    {
        ("GET", ["instances"]) => queries.ListAsync(http),
        ("GET", ["instances", var id]) => queries.ShowAsync(http, id),
        ("DELETE", ["instances"]) => commands.PurgeAsync(http),
        ("DELETE", ["instances", var id]) => commands.PurgeAsync(http, id),
        ("POST", ["instances", var id, "raiseEvent", var name]) => commands.RaiseEventAsync(http, id, name),
        ("POST", ["instances", var id, "terminate"]) => commands.TerminateAsync(http, id),
        ("POST", ["instances", var id, "suspend"]) => commands.SuspendAsync(http, id),
        ("POST", ["instances", var id, "resume"]) => commands.ResumeAsync(http, id),
        ("POST", ["instances", var id, "rewind"]) => commands.RewindAsync(http, id),
        ("POST", ["instances", var id, "restart"]) => commands.RestartAsync(http, id),
        ("POST", ["orchestrators", var name]) => commands.StartAsync(http, name, null),
        ("POST", ["orchestrators", var name, var id]) => commands.StartAsync(http, name, id),
        _ => Task.FromResult(Results.StatusCode(StatusCodes.Status404NotFound)),
    };
}
