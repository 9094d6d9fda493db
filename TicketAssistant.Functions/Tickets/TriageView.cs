using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>The triage part of a <see cref="TicketView"/>; members as in <see cref="TicketTriage"/>.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Model">The model's own name.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Reason">Why it decided so; absent for the requester.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Sentiment">calm, frustrated or angry.</param>
/// <param name="Revision">Counts the analyses of this ticket.</param>
/// <param name="Proposed">What the analysis came to, whatever people made of it; absent for the requester.</param>
public sealed record TriageView(
    TriageState State,
    TriageSource? Source,
    string? Model,
    double? Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    string? Language,
    string? Sentiment,
    int Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TriageProposal? Proposed)
{
    /// <summary>What may be seen of <paramref name="triage"/>.</summary>
    public static TriageView Of(TicketTriage triage, bool staff) => new(
        triage.State, triage.Source, triage.Model, triage.Confidence, staff ? triage.Reason : null,
        triage.Language, triage.Sentiment, triage.Revision, staff ? triage.Proposed : null);
}
