using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Health;

/// <summary>GET /api/health: liveness.</summary>
public static class GetHealth
{
    /// <summary>200 while the process answers; looks at nothing else, so that a store that is down restarts nobody.</summary>
    [Function(nameof(GetHealth))]
    [Access(Access.Anyone)]
    [Operation("Whether the process answers")]
    [Reply(200, "It does.", typeof(HealthReply))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) =>
        JsonResults.Ok(new HealthReply("ok"));
}
