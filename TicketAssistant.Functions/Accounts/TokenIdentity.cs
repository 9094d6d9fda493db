namespace TicketAssistant.Functions.Accounts;

/// <summary>What a valid token says.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Version">Which generation of their tokens; good only while it is <see cref="User.TokenVersion"/>.</param>
internal sealed record TokenIdentity(Guid UserId, int Version);
