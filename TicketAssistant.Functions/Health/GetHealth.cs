using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Health;

/// <summary>GET /api/health: liveness.</summary>
public static class GetHealth
{
    /// <summary>200 while the process answers; looks at nothing else, so that a store that is down restarts nobody.</summary>
    [Function(nameof(GetHealth))]
    [Access(Access.Anyone)]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) =>
        JsonResults.Ok(new HealthReply("ok"));
}
