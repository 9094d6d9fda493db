namespace TicketAssistant.Functions.Triage.Model;

/// <summary>What the gate says to somebody who wants to ask the model.</summary>
internal abstract record ModelEntry
{
    private ModelEntry()
    {
    }

    /// <summary>Ask.</summary>
    /// <param name="Pass">To be told of the outcome, and disposed of in any case.</param>
    internal sealed record Admitted(ModelPass Pass) : ModelEntry;

    /// <summary>As many tickets as may are with the model.</summary>
    /// <param name="Reason">For the ticket, should it come to nothing.</param>
    /// <param name="RetryAfter">When to try again; a little different each time, so that those who wait don't come back together.</param>
    internal sealed record Full(string Reason, TimeSpan RetryAfter) : ModelEntry;

    /// <summary>The model has failed time and again and is left alone for a while.</summary>
    /// <param name="Reason">Why, for the ticket.</param>
    /// <param name="RetryAfter">When that is to end; short while somebody tries whether it is back.</param>
    internal sealed record Open(string Reason, TimeSpan RetryAfter) : ModelEntry;
}
