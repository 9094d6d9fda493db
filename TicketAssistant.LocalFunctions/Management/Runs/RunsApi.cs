using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management.Runs;

/// <summary>
/// What the runs page shows and the real API has no answer for: newest first, a search over names, a timeline. Everything
/// that changes something goes through <see cref="ManagementApi"/>. No part of any promise: it changes with the page.
/// </summary>
internal sealed class RunsApi(EngineService engine)
{
    private const int PageSize = 25;

    // More bars than anybody reads; the history itself is whole in the management API.
    private const int MaxSteps = 2_000;

    public IResult Answer(HttpContext http, string[] segments) => (http.Request.Method, segments) switch
    {
        ("GET", []) => List(http.Request),
        ("GET", [var id]) => Show(id),
        ("GET", [var id, "payload"]) => Payload(id),
        ("GET", [var id, "steps", var number]) => Payload(id, number),
        _ => Results.StatusCode(StatusCodes.Status404NotFound),
    };

    private IResult List(HttpRequest request)
    {
        var before = long.TryParse(request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : long.MaxValue;
        var rows = engine.Store.ListNewest(
            new InstanceFilter(Statuses: QueryValues.Statuses(request)), QueryValues.Text(request, "search")?.Trim(), before, PageSize + 1);
        var shown = rows.Take(PageSize).ToList();
        return Json(new
        {
            runs = shown.Select(row => new RunSummary(row.Id, row.Name, row.Status, row.CreatedAt, EndOf(row))),
            next = rows.Count > PageSize ? shown[^1].Key.ToString(CultureInfo.InvariantCulture) : null,
            now = engine.Now,
        });
    }

    private IResult Show(string id)
    {
        if (engine.Store.FindHistory(id) is not { } history) return Results.StatusCode(StatusCodes.Status404NotFound);
        var row = history.Row;
        var steps = Timeline.Of(history).Steps;
        return Json(new
        {
            row.Id,
            row.Name,
            row.Status,
            row.Version,
            row.Tags,
            from = row.CreatedAt,
            to = EndOf(row),
            history.StartAt,
            history.Generation,
            history.ParentId,
            row.CustomStatus,
            error = row.Failure?.Message,
            steps = steps.Take(MaxSteps),
            hiddenSteps = Math.Max(0, steps.Count - MaxSteps),
            now = engine.Now,
        });
    }

    private IResult Payload(string id) => engine.Store.FindHistory(id) is { Row: var row }
        ? Json(new StepPayload(row.Input, row.Output, row.Failure))
        : Results.StatusCode(StatusCodes.Status404NotFound);

    private IResult Payload(string id, string number) =>
        engine.Store.FindHistory(id) is { } history
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && Timeline.Of(history).Payloads is var payloads && index < payloads.Count
            ? Json(payloads[index])
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static DateTime? EndOf(InstanceRow row) => DurableStore.IsFinished(row.Status) ? row.UpdatedAt : null;

    private static IResult Json<T>(T value) => Results.Json(value, ManagementJson.Options);

    /// <summary>A line of the list.</summary>
    private sealed record RunSummary(string Id, string Name, OrchestrationRuntimeStatus Status, DateTime From, DateTime? To);
}
