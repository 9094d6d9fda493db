using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>What of an account is never searched by: one column of JSON.</summary>
internal sealed record AccountDetails(
    bool EmailConfirmed = false, MailPreference Mails = MailPreference.All, int Welcomes = 0, DateTimeOffset? LastWelcomeAt = null)
{
    public static AccountDetails Of(User user) => new(user.EmailConfirmed, user.Mails, user.Welcomes, user.LastWelcomeAt);
}
