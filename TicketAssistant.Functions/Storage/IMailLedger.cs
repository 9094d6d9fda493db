using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// One row per mail that was ever owed: the truth about who was told. Methods throw <see cref="StoreUnavailableException"/>
/// when the store cannot be reached in time.
/// </summary>
public interface IMailLedger
{
    /// <summary>Records that a mail is owed; an existing row stays as it is. Returns the row as it now stands.</summary>
    Task<MailLedgerEntry> OweAsync(MailKey key, string messageId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the right to send until <paramref name="until"/>: false when the mail was sent or is closed, or when somebody else holds that
    /// right at <paramref name="at"/>. Counts an attempt.
    /// </summary>
    Task<bool> TryBeginSendAsync(MailKey key, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Records that the mail went out.</summary>
    Task MarkSentAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Gives the right to send back after a failure, whose <paramref name="reason"/> (at most 500 characters) is kept.</summary>
    Task MarkFailedAsync(MailKey key, string reason, CancellationToken cancellationToken);

    /// <summary>All that was ever owed about this ticket.</summary>
    Task<IReadOnlyList<MailLedgerEntry>> ListOfTicketAsync(Guid ticketId, CancellationToken cancellationToken);

    /// <summary>
    /// The mail is not owed (any more), whether it was ever recorded or not; a sent one stays sent. <paramref name="reason"/> (at most
    /// 500 characters) is kept.
    /// </summary>
    Task CloseAsync(MailKey key, string messageId, DateTimeOffset at, MailClosure closure, string reason, CancellationToken cancellationToken);

    /// <summary>A closed mail is owed again, since <paramref name="at"/>; false where there is none that is closed.</summary>
    Task<bool> ReopenAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>A page of mails, newest first.</summary>
    /// <exception cref="FormatException">The cursor is malformed.</exception>
    Task<Page<MailLedgerEntry>> ListAsync(MailQuery query, CancellationToken cancellationToken);

    /// <summary>Forgets what servers said about this recipient's address, and closes what is still owed to them.</summary>
    Task ForgetAsync(Guid recipientId, CancellationToken cancellationToken);

    /// <summary>The row, or null.</summary>
    Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken);

    /// <summary>Mails owed since before <paramref name="owedBefore"/>, neither sent nor closed, oldest first.</summary>
    Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken);
}
