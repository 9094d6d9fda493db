using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>What the OpenAI client's exceptions and finish reasons mean.</summary>
/// <param name="server">The server as messages name it.</param>
/// <param name="time">Reads the date form of Retry-After.</param>
internal sealed class OpenAiErrors(string server, TimeProvider time)
{
    public ModelOutcome Read(Exception exception) => exception switch
    {
        ClientResultException { Status: > 0 } error => HttpFailure.Read(
            server, error.Status, Body(error.GetRawResponse()), RetryAfter(error.GetRawResponse())),
        // The client knows four finish reasons and expects a choice. Gemini's compatible endpoint answers a blocked
        // prompt with no choices, or with a finish reason of its own, and the client fails on either like this.
        ArgumentOutOfRangeException => new ModelOutcome.Refused($"{server} withheld the answer (no usable choice)."),
        JsonException or FormatException or InvalidOperationException or KeyNotFoundException =>
            new ModelOutcome.Retry($"{server} answered something that is not a chat completion."),
        OperationCanceledException => new ModelOutcome.Retry($"{server} broke off the answer."),
        _ => new ModelOutcome.Retry($"{server} could not be reached ({Cause(exception)})."),
    };

    public static string? ReadBlock(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.ContentFilter ? "content filter" : null;

    private static string? Body(PipelineResponse? response)
    {
        try
        {
            return response?.Content.ToString();
        }
        catch (InvalidOperationException)
        {
            // The connection broke before the body had been read.
            return null;
        }
    }

    private TimeSpan? RetryAfter(PipelineResponse? response)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : null;
    }

    // Names the kind of failure only: messages of lower layers may quote addresses.
    private static string Cause(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } error => error.HttpRequestError.ToString(),
        { InnerException: { } inner } => Cause(inner),
        _ => exception.GetType().Name,
    };
}
