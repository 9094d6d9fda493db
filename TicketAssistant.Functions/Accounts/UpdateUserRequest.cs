using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/update-user. What is left out stays as it is, and so does what is null, but for the capacity and the end of being away.</summary>
/// <param name="Email">Whose account.</param>
/// <param name="Role">The new role; another one ends every log-in of that account.</param>
/// <param name="Skills">At most 50, of 1 to 60 characters each; an empty list clears them.</param>
/// <param name="Away">Whether they are to be passed over when tickets are assigned.</param>
/// <param name="AwayUntil">When being away ends by itself, at most two years from now; alone it means away. Null: only when somebody says so.</param>
/// <param name="Active">
/// False closes the account: every log-in of it ends, open tickets go to others, what was done stays. True opens it again.
/// </param>
/// <param name="Capacity">How many open tickets they take at most, 0 to 1,000; null for any number.</param>
public sealed record UpdateUserRequest(
    string Email,
    Role? Role = null,
    IReadOnlyList<string>? Skills = null,
    bool? Away = null,
    OptionalValue<int?> Capacity = default,
    OptionalValue<DateTimeOffset?> AwayUntil = default,
    bool? Active = null);
