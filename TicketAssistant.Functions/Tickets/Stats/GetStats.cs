using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>GET /api/stats.</summary>
public sealed class GetStats(TicketStats stats)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 365;

    /// <summary>200 with what is open and what was created in the last <c>days</c> (1 to 365, default 30); 400 for a bad number; 403 for users.</summary>
    [Function(nameof(GetStats))]
    [Access(Access.Moderator)]
    [Operation("Numbers of tickets and times")]
    [Parameter("days", "How many days back the period begins; 30 where nothing is said.", typeof(int), Max = 365)]
    [Reply(200, "The numbers.", typeof(StatsReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats")] HttpRequest request,
        CancellationToken cancellationToken) =>
        JsonResults.Ok(await stats.ReadAsync(request.QueryNumber("days", MaxDays) ?? DefaultDays, cancellationToken));
}
