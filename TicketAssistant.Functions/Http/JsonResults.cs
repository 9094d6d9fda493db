using Microsoft.AspNetCore.Http;

namespace TicketAssistant.Functions.Http;

/// <summary>
/// Replies in JSON. Not ASP.NET Core's own: those take their options from services that differ between the two flavours.
/// </summary>
internal static class JsonResults
{
    /// <summary>200 with a body.</summary>
    public static IResult Ok<T>(T value) => Json(value, StatusCodes.Status200OK);

    /// <summary>201 with a body and where the new thing is.</summary>
    public static IResult Created<T>(string location, T value) => new Result<T>(value, StatusCodes.Status201Created, location);

    /// <summary>202 with a body and where to look how it goes.</summary>
    public static IResult Accepted<T>(string location, T value) => new Result<T>(value, StatusCodes.Status202Accepted, location);

    /// <summary>Any status with a body.</summary>
    public static IResult Json<T>(T value, int status) => new Result<T>(value, status, null);

    private sealed class Result<T>(T value, int status, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (location is not null) response.Headers.Location = location;
            return response.WriteAsJsonAsync(value, HttpJson.Replies, "application/json; charset=utf-8", httpContext.RequestAborted);
        }
    }
}
