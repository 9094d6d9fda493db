namespace TicketAssistant.Functions.Accounts;

/// <summary>A reply with one account.</summary>
/// <param name="User">The account.</param>
public sealed record UserReply(UserView User);
