using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>Reply of GET /api/tickets/{id}/triage.</summary>
/// <param name="State">How far the analysis has come.</param>
/// <param name="Step">Where the orchestration stands: pending, storing, analyzing, waiting_for_model, awaiting_confirmation, assigning, waiting_for_assignee, notifying or done.</param>
/// <param name="Attempts">How often an analysis was tried.</param>
/// <param name="Source">Who made the analysis; null until somebody has.</param>
/// <param name="Revision">Counts the analyses of this ticket.</param>
/// <param name="InstanceId">The orchestration; for staff only.</param>
/// <param name="RuntimeStatus">Its status; for staff only.</param>
/// <param name="Reason">Why it was decided so; for staff only.</param>
/// <param name="ConfirmUntil">When the proposal goes ahead unconfirmed (UTC); absent unless it waits for a person.</param>
public sealed record TriageStatusReply(
    TriageState State,
    string Step,
    int Attempts,
    TriageSource? Source,
    int Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InstanceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? ConfirmUntil = null);
