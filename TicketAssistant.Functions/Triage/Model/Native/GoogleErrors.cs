using System.Text.Json;
using Google.GenAI;
using Google.GenAI.Types;
using Microsoft.Extensions.AI;

namespace TicketAssistant.Functions.Triage.Model.Native;

/// <summary>What Google.GenAI's exceptions and finish reasons mean.</summary>
/// <param name="server">The server as messages name it.</param>
internal sealed class GoogleErrors(string server)
{
    public ModelOutcome Read(Exception exception) => exception switch
    {
        ClientError error => HttpFailure.Read(server, error.StatusCode, Body(error.Message, error.Status), retryAfter: null),
        ServerError error => HttpFailure.Read(server, error.StatusCode, Body(error.Message, error.Status), retryAfter: null),
        JsonException or InvalidOperationException => new ModelOutcome.Retry($"{server} answered something that is not a result."),
        OperationCanceledException => new ModelOutcome.Retry($"{server} broke off the answer."),
        _ => new ModelOutcome.Retry($"{server} could not be reached ({exception.GetType().Name})."),
    };

    // The chat client gives no finish reason where the candidate has no content, which is what a blocked one looks like.
    public static string? ReadBlock(ChatResponse response)
    {
        if (response.RawRepresentation is not GenerateContentResponse raw) return null;
        if (raw.Candidates is not { Count: > 0 } candidates) return raw.PromptFeedback?.BlockReason?.ToString();
        var reason = candidates[0].FinishReason;
        return reason is null || reason == FinishReason.Stop || reason == FinishReason.MaxTokens || reason == FinishReason.FinishReasonUnspecified
            ? null
            : reason.ToString();
    }

    // The exception carries the message, then "Details:" and one JSON object a line; put back together, the reader that
    // the other adapter uses finds the retry delay and the invalid key.
    private static string Body(string text, string? status)
    {
        var details = text.Split('\n')
            .Select(line => line.Replace("Details:", "", StringComparison.Ordinal).Trim())
            .Where(line => line is ['{', .., '}']);
        return $$$"""
            {"error":{"status":{{{JsonSerializer.Serialize(status)}}},"message":{{{JsonSerializer.Serialize(text)}}},"details":[{{{string.Join(',', details)}}}]}}
            """;
    }
}
