namespace TicketAssistant.Functions.Triage;

/// <summary>The orchestration's custom status: where it stands.</summary>
/// <param name="Step">storing, analyzing, waiting_for_model, awaiting_confirmation, assigning, waiting_for_assignee, notifying or done.</param>
/// <param name="Attempts">How often the model was asked so far.</param>
/// <param name="Until">When a wait for a person ends without one (UTC); null where none is waited for.</param>
public sealed record TriageProgress(string Step, int Attempts, DateTime? Until = null);
