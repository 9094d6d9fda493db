using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>
/// Everything in the store, out and in, for moving to another one while no app is running on either. Methods throw
/// <see cref="StoreUnavailableException"/> when the store cannot be reached in time.
/// </summary>
public interface IStoreTransfer
{
    /// <summary>The next users by id; from the first where <paramref name="after"/> is null.</summary>
    Task<IReadOnlyList<StoreRecord>> ReadUsersAsync(Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>The next tickets by id, with their claims, timelines and pending effects.</summary>
    Task<IReadOnlyList<StoreRecord>> ReadTicketsAsync(Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>The next owed mails by ticket, kind, recipient and revision.</summary>
    Task<IReadOnlyList<StoreRecord>> ReadMailsAsync(MailKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>The next entries of the audit log by id.</summary>
    Task<IReadOnlyList<StoreRecord>> ReadAuditAsync(Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Stores the records as they are, in place of those with the same ids.</summary>
    /// <exception cref="InvalidDataException">A user has the address of another one in this store.</exception>
    Task WriteAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancellationToken);

    /// <summary>To be called after the last write: brings what is counted in line with it.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
