using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>GET /openapi.json.</summary>
public static class GetOpenApi
{
    /// <summary>200 with the OpenAPI 3.1 document of everything that is served here.</summary>
    [Function(nameof(GetOpenApi))]
    [Access(Access.Anyone)]
    [Operation("This document")]
    [Reply(200, "The document.", MediaType = "application/json")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Text(OpenApiDocument.Json, "application/json; charset=utf-8");
}
