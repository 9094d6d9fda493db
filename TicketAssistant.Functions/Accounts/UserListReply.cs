namespace TicketAssistant.Functions.Accounts;

/// <summary>A reply with a page of accounts.</summary>
/// <param name="Users">By address.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record UserListReply(IReadOnlyList<UserView> Users, string? Next);
