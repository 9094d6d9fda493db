using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The part of the API that reads: one instance, or a page of them.</summary>
internal sealed class InstanceQueries(EngineService engine)
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    // What the real extension tells a client that polls.
    private const string RetryAfterSeconds = "5";

    /// <summary>An instance, or null where there is none, one whose id no instance can have included.</summary>
    public async Task<OrchestrationMetadata?> FindAsync(string id, CancellationToken cancellation, bool payloads = false)
    {
        try
        {
            return await engine.Client.GetInstanceAsync(id, payloads, cancellation);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>202 while it runs, 200 when it has ended, 500 when it has failed and the caller wants that; 404.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        var request = http.Request;
        if (await FindAsync(id, http.RequestAborted, payloads: true) is not { } instance) return Results.StatusCode(StatusCodes.Status404NotFound);

        var showInput = QueryValues.Flag(request, "showInput", true);
        var history = QueryValues.Flag(request, "showHistory", false) && engine.Store.FindHistory(id) is { } found
            ? HistoryEntries.From(found, showInput, QueryValues.Flag(request, "showHistoryOutput", false))
            : null;
        var status = StatusCodes.Status200OK;
        if (!instance.IsCompleted)
        {
            status = StatusCodes.Status202Accepted;
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            http.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}";
        }
        else if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && QueryValues.Flag(request, "returnInternalServerErrorOnFailure", false))
        {
            status = StatusCodes.Status500InternalServerError;
        }

        return Results.Json(InstanceStatus.From(instance, showInput, history), ManagementJson.Options, statusCode: status);
    }

    /// <summary>200 with a page of instances, oldest first; the header with which to ask for the next is empty after the last.</summary>
    public async Task<IResult> ListAsync(HttpContext http)
    {
        var request = http.Request;
        var filter = new OrchestrationQuery(
            QueryValues.Time(request, "createdTimeFrom"),
            QueryValues.Time(request, "createdTimeTo"),
            QueryValues.Statuses(request),
            InstanceIdPrefix: QueryValues.Text(request, "instanceIdPrefix"),
            PageSize: QueryValues.Number(request, "top", OrchestrationQuery.DefaultPageSize),
            FetchInputsAndOutputs: true,
            ContinuationToken: request.Headers[ContinuationHeader] is [{ Length: > 0 } token, ..] ? token : null);
        var showInput = QueryValues.Flag(request, "showInput", true);
        try
        {
            await foreach (var page in engine.Client.GetAllInstancesAsync(filter).AsPages().WithCancellation(http.RequestAborted))
            {
                http.Response.Headers[ContinuationHeader] = page.ContinuationToken ?? "";
                return Results.Json(page.Values.Select(instance => InstanceStatus.From(instance, showInput, null)), ManagementJson.Options);
            }
        }
        catch (ArgumentException e)
        {
            return ManagementJson.Error(StatusCodes.Status400BadRequest, e.Message);
        }

        return Results.Json(Array.Empty<InstanceStatus>(), ManagementJson.Options);
    }
}
