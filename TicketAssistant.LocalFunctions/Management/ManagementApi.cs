using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The durable HTTP API, with the real one's routes: one instance's status, an event for it, its end, its removal.</summary>
internal sealed class ManagementApi(EngineService engine, ManagementKey key)
{
    /// <summary>What every path of the API begins with.</summary>
    public const string Prefix = "/runtime/webhooks/durabletask";

    // What the real extension tells a client that polls.
    private const string RetryAfterSeconds = "10";

    /// <param name="http">The request and its answer.</param>
    /// <param name="path">The path below <see cref="Prefix"/>.</param>
    public Task HandleAsync(HttpContext http, PathString path)
    {
        if (!key.IsIn(http.Request)) return Answer(http, StatusCodes.Status401Unauthorized);
        var segments = path.ToUriComponent().Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return (http.Request.Method, segments) switch
        {
            ("GET", ["instances", var id]) => ShowAsync(http, id),
            ("DELETE", ["instances", var id]) => PurgeAsync(http, id),
            ("POST", ["instances", var id, "raiseEvent", var name]) => RaiseAsync(http, id, name),
            ("POST", ["instances", var id, "terminate"]) => TerminateAsync(http, id),
            _ => Answer(http, StatusCodes.Status404NotFound),
        };
    }

    private async Task ShowAsync(HttpContext http, string id)
    {
        if (await FindAsync(http, id) is not { } instance)
        {
            await Answer(http, StatusCodes.Status404NotFound);
            return;
        }

        var request = http.Request;
        if (!instance.IsCompleted)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            http.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}";
        }
        else if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && Flag(request, "returnInternalServerErrorOnFailure", false))
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        await http.Response.WriteAsJsonAsync(InstanceStatus.From(instance, Flag(request, "showInput", true)), http.RequestAborted);
    }

    private async Task RaiseAsync(HttpContext http, string id, string name)
    {
        if (!await IsOpenAsync(http, id)) return;
        JsonElement payload;
        try
        {
            payload = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            await Answer(http, StatusCodes.Status400BadRequest);
            return;
        }

        await engine.Client.RaiseEventAsync(id, name, payload, http.RequestAborted);
        await Answer(http, StatusCodes.Status202Accepted);
    }

    private async Task TerminateAsync(HttpContext http, string id)
    {
        if (!await IsOpenAsync(http, id)) return;
        await engine.Client.TerminateInstanceAsync(id, http.Request.Query["reason"].ToString(), http.RequestAborted);
        await Answer(http, StatusCodes.Status202Accepted);
    }

    private async Task PurgeAsync(HttpContext http, string id)
    {
        var purged = await FindAsync(http, id) is null ? 0 : (await engine.Client.PurgeInstanceAsync(id, http.RequestAborted)).PurgedInstanceCount;
        if (purged == 0) await Answer(http, StatusCodes.Status404NotFound);
        else await http.Response.WriteAsJsonAsync(new { instancesDeleted = purged }, http.RequestAborted);
    }

    /// <summary>Whether an instance can still be told something; if not, the answer has been given.</summary>
    private async Task<bool> IsOpenAsync(HttpContext http, string id)
    {
        var instance = await FindAsync(http, id);
        if (instance is { IsCompleted: false }) return true;
        await Answer(http, instance is null ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone);
        return false;
    }

    private async Task<OrchestrationMetadata?> FindAsync(HttpContext http, string id)
    {
        try
        {
            return await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
        }
        catch (ArgumentException)
        {
            return null; // no instance can have such an id
        }
    }

    private static bool Flag(HttpRequest request, string name, bool fallback) =>
        bool.TryParse(request.Query[name], out var value) ? value : fallback;

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
