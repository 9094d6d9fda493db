namespace TicketAssistant.Functions.Triage;

/// <summary>The orchestration's custom status: where it stands.</summary>
/// <param name="Step">storing, analyzing, waiting_for_model, assigning, waiting_for_assignee, notifying or done.</param>
/// <param name="Attempts">How often the model was asked so far.</param>
public sealed record TriageProgress(string Step, int Attempts);
