namespace TicketAssistant.Functions.Triage;

/// <summary>One triage of one ticket: what every activity is idempotent in.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Revision">Which triage of it, from 1.</param>
public sealed record TriageKey(Guid TicketId, int Revision)
{
    /// <summary>The id of its orchestration.</summary>
    public string InstanceId => $"triage-{TicketId}-{Revision}";
}
