using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Http;

/// <summary>Problem details (RFC 9457) as they are sent.</summary>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">What is wrong this time and what would help.</param>
/// <param name="TraceId">Finds this request in the log.</param>
/// <param name="Errors">What is wrong with which field; absent where it isn't about fields.</param>
/// <param name="Version">The version that the thing has now; absent where the problem isn't a stale one.</param>
public sealed record ProblemReply(
    string Title,
    int Status,
    string Detail,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Version = null);
