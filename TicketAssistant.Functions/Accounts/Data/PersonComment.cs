namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>Something that the person wrote.</summary>
/// <param name="TicketId">Where.</param>
/// <param name="At">When.</param>
/// <param name="Internal">Whether only staff sees it.</param>
/// <param name="Body">What.</param>
public sealed record PersonComment(Guid TicketId, DateTimeOffset At, bool Internal, string Body);
