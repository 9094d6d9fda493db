using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Reply of PATCH /api/auth/me.</summary>
/// <param name="User">The account as it now is.</param>
/// <param name="Token">After a new password: the token that replaces the present one, which is dead; absent otherwise.</param>
/// <param name="ExpiresAt">When that token expires (UTC); absent otherwise.</param>
public sealed record UpdateMeReply(
    UserView User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt = null);
