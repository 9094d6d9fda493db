namespace TicketAssistant.Functions.Accounts;

/// <summary>An account as clients see it: no hash, no token version.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Its address, which nobody else has.</param>
/// <param name="Name">What the person is called.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Skills">What they know, as it was written.</param>
/// <param name="Away">Whether they are passed over when tickets are assigned.</param>
/// <param name="Capacity">How many open tickets they take; null for any number.</param>
/// <param name="OpenTickets">How many open tickets they have.</param>
/// <param name="CreatedAt">Since when the account exists (UTC).</param>
/// <param name="AwayUntil">When being away ends by itself (UTC); null where it doesn't.</param>
/// <param name="Mails">Which mails about tickets they want.</param>
/// <param name="EmailConfirmed">Whether the address is known to be theirs.</param>
/// <param name="Active">False where the account is closed.</param>
public sealed record UserView(
    Guid Id,
    string Email,
    string Name,
    Role Role,
    IReadOnlyList<string> Skills,
    bool Away,
    int? Capacity,
    int OpenTickets,
    DateTimeOffset CreatedAt,
    DateTimeOffset? AwayUntil,
    MailPreference Mails,
    bool EmailConfirmed,
    bool Active)
{
    /// <summary>The public part of <paramref name="user"/>.</summary>
    public static UserView Of(User user) => new(
        user.Id, user.Email, user.Name, user.Role, user.Skills, user.Away, user.Capacity, user.OpenTickets, user.CreatedAt,
        user.AwayUntil, user.Mails, user.EmailConfirmed, user.Active);
}
