using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The part of the API that changes something: start, tell, end, run again, remove.</summary>
internal sealed class InstanceCommands(EngineService engine, InstanceQueries queries, ManagementKey key)
{
    private static readonly IResult s_accepted = Results.StatusCode(StatusCodes.Status202Accepted);
    private static readonly IResult s_notFound = Results.StatusCode(StatusCodes.Status404NotFound);
    private static readonly IResult s_gone = Results.StatusCode(StatusCodes.Status410Gone);

    /// <summary>202 with the management payload; 400 for JSON that is none, an unknown orchestrator or an id that none can have; 409.</summary>
    public async Task<IResult> StartAsync(HttpContext http, string name, string? id)
    {
        var (input, error) = await ReadJsonAsync(http, optional: true);
        if (error is not null) return error;
        try
        {
            var version = QueryValues.Text(http.Request, "version") is { } text ? new TaskVersion(text) : default(TaskVersion?);
            // As the real API: an instance that has not ended is never replaced.
            var options = new StartOrchestrationOptions(id) { Version = version }
                .WithDedupeStatuses(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
            id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, http.RequestAborted);
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            return ManagementJson.Error(StatusCodes.Status409Conflict, e.Message);
        }
        catch (ArgumentException e)
        {
            return ManagementJson.Error(StatusCodes.Status400BadRequest, e.Message);
        }

        return Started(http, id);
    }

    /// <summary>202; 400 for JSON that is none; 404; 410 when it has ended.</summary>
    public async Task<IResult> RaiseEventAsync(HttpContext http, string id, string name)
    {
        if (await RefusalAsync(http, id) is { } refusal) return refusal;
        if (!http.Request.HasJsonContentType())
            return ManagementJson.Error(StatusCodes.Status400BadRequest, "Only application/json request content is supported");
        var (payload, error) = await ReadJsonAsync(http, optional: false);
        if (error is not null) return error;
        await engine.Client.RaiseEventAsync(id, name, payload, http.RequestAborted);
        return s_accepted;
    }

    /// <summary>202; 404; 410 when it has ended.</summary>
    public async Task<IResult> TerminateAsync(HttpContext http, string id)
    {
        if (await RefusalAsync(http, id) is { } refusal) return refusal;
        await engine.Client.TerminateInstanceAsync(id, Reason(http), http.RequestAborted);
        return s_accepted;
    }

    /// <summary>202; 404; 410 when it has ended.</summary>
    public async Task<IResult> SuspendAsync(HttpContext http, string id)
    {
        if (await RefusalAsync(http, id) is { } refusal) return refusal;
        await engine.Client.SuspendInstanceAsync(id, Reason(http), http.RequestAborted);
        return s_accepted;
    }

    /// <summary>202; 404; 410 when it has ended.</summary>
    public async Task<IResult> ResumeAsync(HttpContext http, string id)
    {
        if (await RefusalAsync(http, id) is { } refusal) return refusal;
        await engine.Client.ResumeInstanceAsync(id, Reason(http), http.RequestAborted);
        return s_accepted;
    }

    /// <summary>202; 404; 412 when it has not failed.</summary>
    public async Task<IResult> RewindAsync(HttpContext http, string id)
    {
        if (await queries.FindAsync(id, http.RequestAborted) is null) return s_notFound;
        try
        {
            await engine.Client.RewindInstanceAsync(id, Reason(http), http.RequestAborted);
            return s_accepted;
        }
        catch (InvalidOperationException e)
        {
            return ManagementJson.Error(StatusCodes.Status412PreconditionFailed, e.Message);
        }
        catch (ArgumentException)
        {
            return s_notFound; // purged meanwhile
        }
    }

    /// <summary>
    /// 202 with the management payload of the new run, under a new id unless told otherwise; 400 where there is no such
    /// instance, 409 where it still runs and its id was to be used again: the real one's codes.
    /// </summary>
    public async Task<IResult> RestartAsync(HttpContext http, string id)
    {
        try
        {
            var newId = QueryValues.Flag(http.Request, "restartWithNewInstanceId", true);
            return Started(http, await engine.Client.RestartAsync(id, newId, http.RequestAborted));
        }
        catch (ArgumentException e)
        {
            return ManagementJson.Error(StatusCodes.Status400BadRequest, $"InstanceId does not match a valid orchestration instance. {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or OrchestrationAlreadyExistsException)
        {
            return ManagementJson.Error(StatusCodes.Status409Conflict, $"A non-terminal instance with this instance ID already exists. {e.Message}");
        }
    }

    /// <summary>200 with how many were deleted; 404; 412 while it runs.</summary>
    public async Task<IResult> PurgeAsync(HttpContext http, string id)
    {
        if (await queries.FindAsync(id, http.RequestAborted) is not { } instance) return s_notFound;
        if (!instance.IsCompleted)
        {
            return ManagementJson.Error(
                StatusCodes.Status412PreconditionFailed, $"Orchestration '{id}' is {instance.RuntimeStatus}; only one that has ended can be purged.");
        }

        return Purged(await engine.Client.PurgeInstanceAsync(id, http.RequestAborted));
    }

    /// <summary>200 with how many were deleted; 400 without <c>createdTimeFrom</c>; 404 where nothing was.</summary>
    public async Task<IResult> PurgeAsync(HttpContext http)
    {
        if (QueryValues.Time(http.Request, "createdTimeFrom") is not { } from)
            return ManagementJson.Error(StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
        var filter = new PurgeInstancesFilter(from, QueryValues.Time(http.Request, "createdTimeTo"), QueryValues.Statuses(http.Request));
        return Purged(await engine.Client.PurgeAllInstancesAsync(filter, http.RequestAborted));
    }

    private static IResult Purged(PurgeResult result) => result.PurgedInstanceCount == 0
        ? s_notFound
        : Results.Json(new { instancesDeleted = result.PurgedInstanceCount }, ManagementJson.Options);

    private static string Reason(HttpContext http) => http.Request.Query["reason"].ToString();

    private IResult Started(HttpContext http, string id)
    {
        var links = ManagementLinks.For(http.Request, id, key);
        http.Response.Headers.Location = links.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = "10";
        return Results.Json(links, ManagementJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The answer where an instance cannot be told anything; null where it can.</summary>
    private async Task<IResult?> RefusalAsync(HttpContext http, string id) => await queries.FindAsync(id, http.RequestAborted) switch
    {
        null => s_notFound,
        { IsCompleted: true } => s_gone,
        _ => null,
    };

    private static async Task<(JsonElement? Value, IResult? Error)> ReadJsonAsync(HttpContext http, bool optional)
    {
        if (optional && http.Request.ContentLength is 0 or null && !http.Request.Headers.ContainsKey("Transfer-Encoding")) return (null, null);
        try
        {
            return (await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted), null);
        }
        catch (JsonException e)
        {
            return (null, ManagementJson.Error(StatusCodes.Status400BadRequest, $"Invalid JSON content: {e.Message}"));
        }
    }
}
