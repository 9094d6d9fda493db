using System.Text.Json;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Web;

/// <summary>Somebody with an account: at the API, and as the reply to their log-in that the browser keeps.</summary>
internal sealed record Person(ApiClient Api, string Email, string Name, Guid Id, JsonElement Session)
{
    public static Person Of(HttpClient http, JsonElement session)
    {
        var user = session.GetProperty("user");
        return new Person(
            new ApiClient(http, session.GetProperty("token").GetString()),
            user.GetProperty("email").GetString()!, user.GetProperty("name").GetString()!, user.GetProperty("id").GetGuid(), session);
    }

    /// <summary>Their account as the API has it now.</summary>
    public async Task<JsonElement> MeAsync() => (await Api.GetAsync("/api/auth/me")).Json.GetProperty("user");

    /// <summary>Posts a ticket; its id.</summary>
    public async Task<string> PostAsync(string title, string description) =>
        (await Api.PostAsync("/api/tickets", new { title, description })).Json.GetProperty("ticket").GetProperty("id").GetString()!;
}
