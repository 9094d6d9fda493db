using MimeKit;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Mails about an account itself.</summary>
internal static class AccountMail
{
    /// <summary>Welcome, and please confirm that this address is yours: the only mail that an unconfirmed address gets.</summary>
    /// <param name="recipient">The new account.</param>
    /// <param name="token">The one that confirms.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Welcome(User recipient, string token, string messageId, DateTimeOffset date, MailOptions options) => MailEnvelope.Build(
        recipient,
        "Please confirm your e-mail address",
        new MailContent
        {
            Event = "Welcome",
            Title = "Please confirm your e-mail address",
            Facts = [("Account", recipient.Email)],
            Sections =
            [
                ("Why", "Somebody, hopefully you, opened an account with this address. Once you have confirmed that it is yours, answers to your tickets come to it."),
                ("If it wasn't you", "Do nothing: this address gets no further mail."),
            ],
            ActionLabel = "Confirm this address",
            ActionLink = new($"{options.AppUrl.AbsoluteUri.TrimEnd('/')}/api/auth/confirm?token={token}"),
            Footer = $"The link is good until {date.Add(ConfirmationTokens.Lifetime).UtcDateTime:yyyy-MM-dd HH:mm} UTC. Replies to this address are not read.",
        },
        messageId,
        date,
        options);

    /// <summary>Here a new password can be set.</summary>
    /// <param name="recipient">The account.</param>
    /// <param name="token">The one that sets it.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Reset(User recipient, string token, string messageId, DateTimeOffset date, MailOptions options) => MailEnvelope.Build(
        recipient,
        "Choose a new password",
        new MailContent
        {
            Event = "New password",
            Title = "Choose a new password",
            Facts = [("Account", recipient.Email)],
            Sections =
            [
                ("Why", "Somebody, hopefully you, has said that the password of this account is forgotten. With the link below you choose a new one; everybody who is logged in to the account is logged out then."),
                ("If it wasn't you", "Do nothing: without the link the password stays as it is."),
            ],
            ActionLabel = "Choose a new password",
            // Behind the #, where no server, log or other site gets to see it.
            ActionLink = new($"{options.AppUrl.AbsoluteUri.TrimEnd('/')}/reset-password#token={token}"),
            Footer = $"The link is good once, until {date.Add(ResetTokens.Lifetime).UtcDateTime:yyyy-MM-dd HH:mm} UTC. Replies to this address are not read.",
        },
        messageId,
        date,
        options);
}
