using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>How the API writes.</summary>
internal static class ManagementJson
{
    /// <summary>camelCase, text as it is: nothing of it is ever put into HTML by the server.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>An error as the real host words one: an object with a <c>Message</c>.</summary>
    public static IResult Error(int status, string message) =>
        Results.Json(new Dictionary<string, string> { ["Message"] = message }, Options, statusCode: status);
}
