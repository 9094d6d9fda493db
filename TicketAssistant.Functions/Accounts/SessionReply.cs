namespace TicketAssistant.Functions.Accounts;

/// <summary>A reply to who has just proved who they are.</summary>
/// <param name="User">Their account.</param>
/// <param name="Token">For the Authorization header, after <c>Bearer</c>.</param>
/// <param name="ExpiresAt">When the token expires (UTC).</param>
public sealed record SessionReply(UserView User, string Token, DateTimeOffset ExpiresAt);
