using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>GET /api/stats.</summary>
public sealed class GetStats(TicketStats stats)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 365;

    /// <summary>200 with what is open and what was created in the last <c>days</c> (1 to 365, default 30); 400 for a bad number; 403 for users.</summary>
    [Function(nameof(GetStats))]
    [Access(Access.Moderator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats")] HttpRequest request,
        CancellationToken cancellationToken) =>
        JsonResults.Ok(await stats.ReadAsync(request.QueryNumber("days", MaxDays) ?? DefaultDays, cancellationToken));
}
