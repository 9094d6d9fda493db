using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// Asks the language model about one ticket: one request, and one more where the answer does not pass. Safe for
/// concurrent use.
/// </summary>
internal sealed class ModelAnalyzer(
    ModelConnection connection, ModelOptions options, ModelHealth health, TriageTelemetry telemetry, TimeProvider time, ILogger<ModelAnalyzer> logger)
{
    // Models that think count their thoughts among the output.
    private const int OutputTokens = 4_096;
    private const int LargerOutputTokens = 16_384;

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(TriageSchema.Json, TriageSchema.Name);

    /// <summary>Analyses a ticket. Whatever the server does becomes an outcome; neither the key nor the ticket is logged.</summary>
    /// <param name="title">The requester's title.</param>
    /// <param name="description">The requester's text.</param>
    /// <param name="vocabulary">The skills that moderators have.</param>
    /// <param name="canonical">A moderator's spelling of a skill, or null where no moderator has it.</param>
    /// <param name="timeout">For both requests together.</param>
    /// <param name="cancellationToken">Ends the question at once.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ModelOutcome> AnalyzeAsync(
        string title,
        string description,
        IReadOnlyList<string> vocabulary,
        Func<string, string?> canonical,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var outcome = await AskAsync(TriagePrompt.Messages(title, description, vocabulary), canonical, timeout, cancellationToken);
        Note(outcome);
        return outcome;
    }

    private async Task<ModelOutcome> AskAsync(
        List<ChatMessage> messages, Func<string, string?> canonical, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var started = time.GetTimestamp();
        var usage = new UsageDetails();
        var request = messages;
        var limit = OutputTokens;
        for (var last = false; ; last = true)
        {
            ChatResponse response;
            try
            {
                response = await connection.Client.GetResponseAsync(
                    request, new ChatOptions { ResponseFormat = Format, MaxOutputTokens = limit }, either.Token);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (Exception) when (deadline.IsCancellationRequested)
            {
                return new ModelOutcome.Retry($"{options.ServerName} gave no answer within {timeout.TotalSeconds:0.#} s.");
            }
            catch (Exception exception)
            {
                return connection.ReadError(exception);
            }

            if (connection.ReadBlock(response) is { } block)
                return new ModelOutcome.Refused($"{options.ServerName} withheld the answer ({block}).");
            if (response.Usage is { } used) usage.Add(used);
            if (response.FinishReason == ChatFinishReason.Length)
            {
                if (last) return new ModelOutcome.Refused($"{options.ServerName} gave an answer that was cut off, or malformed, twice.");
                limit = LargerOutputTokens;
                continue;
            }
            if (string.IsNullOrWhiteSpace(response.Text))
                return new ModelOutcome.Retry($"{options.ServerName} gave an empty answer.");

            var reading = AnalysisValidator.Read(response.Text, canonical);
            if (reading.Analysis is { } analysis)
            {
                return new ModelOutcome.Succeeded(
                    analysis, Name(response), usage.InputTokenCount, usage.OutputTokenCount, time.GetElapsedTime(started));
            }
            if (last) return new ModelOutcome.Refused($"{options.ServerName} gave a malformed answer after one repair.");
            request = TriagePrompt.Repair(messages, response.Text, reading.Problems);
        }
    }

    // The name goes into the ticket: it is the server's text, and as untrusted as the rest.
    private string Name(ChatResponse response) =>
        ModelText.Line(response.ModelId ?? "", 100) is { Length: > 0 } reported ? reported : options.Model;

    private void Note(ModelOutcome outcome)
    {
        telemetry.Answered(outcome);
        switch (outcome)
        {
            case ModelOutcome.Succeeded done:
                health.Clear();
                logger.LogInformation(
                    "{Model} answered in {Milliseconds:0} ms (prompt {Prompt}, {Input} tokens in, {Output} out)",
                    done.Model, done.Latency.TotalMilliseconds, TriagePrompt.Version, done.InputTokens, done.OutputTokens);
                break;
            case ModelOutcome.Misconfigured wrong:
                health.Report(wrong.Reason);
                break;
            case ModelOutcome.Retry later:
                logger.LogWarning("No analysis yet: {Reason}", later.Reason);
                break;
            case ModelOutcome.Refused refused:
                logger.LogWarning("No analysis by the model: {Reason}", refused.Reason);
                break;
        }
    }
}
