namespace TicketAssistant.Functions.Tickets;

/// <summary>What the analysis said of a ticket and where it stands.</summary>
public sealed record TicketTriage
{
    /// <summary>How far it has come.</summary>
    public TriageState State { get; init; } = TriageState.Pending;

    /// <summary>Who made it; null until somebody has.</summary>
    public TriageSource? Source { get; init; }

    /// <summary>The model's own name as it reported it; null for the offline analyser.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 1: how sure the analyser is.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why it decided so, and, for a fallback, why the model could not. Not for the requester.</summary>
    public string? Reason { get; init; }

    /// <summary>ISO 639-1 code of the ticket's language where it was recognised.</summary>
    public string? Language { get; init; }

    /// <summary>calm, frustrated or angry; null where unknown.</summary>
    public string? Sentiment { get; init; }

    /// <summary>What the analysis came to, whatever people made of it later; null until there is one. Not for the requester.</summary>
    public TriageProposal? Proposed { get; init; }

    /// <summary>Counts the analyses of this ticket, from 1.</summary>
    public int Revision { get; init; } = 1;
}
