namespace TicketAssistant.Functions.Triage.Model;

/// <summary>How one question to the model ended. Reasons are short, for humans, and hold neither secrets nor ticket text.</summary>
internal abstract record ModelOutcome
{
    private ModelOutcome()
    {
    }

    /// <summary>A valid analysis.</summary>
    /// <param name="Analysis">What the model made of the ticket, validated.</param>
    /// <param name="Model">The model's name as the server reported it; the configured one where it reported none.</param>
    /// <param name="InputTokens">Tokens of all requests of this question, or null where the server counts none.</param>
    /// <param name="OutputTokens">Tokens of all answers, or null.</param>
    /// <param name="Latency">From the first request to the valid answer.</param>
    internal sealed record Succeeded(
        TicketAnalysis Analysis, string Model, long? InputTokens, long? OutputTokens, TimeSpan Latency) : ModelOutcome;

    /// <summary>It may work later: quota, an overloaded or unreachable server, a timeout, an empty answer.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="RetryAfter">How long the server asks to wait; null where it does not say. May be hours.</param>
    internal sealed record Retry(string Reason, TimeSpan? RetryAfter = null) : ModelOutcome;

    /// <summary>Final for this ticket: the server blocked or refused it, or the answer stayed malformed.</summary>
    /// <param name="Reason">What happened.</param>
    internal sealed record Refused(string Reason) : ModelOutcome;

    /// <summary>Final for this ticket, and every other one will fare the same until an operator changes a setting.</summary>
    /// <param name="Reason">What happened, and which setting to look at.</param>
    internal sealed record Misconfigured(string Reason) : ModelOutcome;
}
