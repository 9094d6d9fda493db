namespace TicketAssistant.Functions.Audit;

/// <summary>Reply of GET /api/audit.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record AuditListReply(IReadOnlyList<AuditView> Entries, string? Next);
