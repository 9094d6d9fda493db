namespace TicketAssistant.Functions.Accounts;

/// <summary>An account as clients see it: no hash, no token version.</summary>
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
