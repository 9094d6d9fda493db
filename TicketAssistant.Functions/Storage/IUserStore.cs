using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// Accounts. Every method throws <see cref="StoreUnavailableException"/> when the store cannot be reached in time;
/// a write that returned is durable.
/// </summary>
public interface IUserStore
{
    /// <summary>The user with this id, or null.</summary>
    Task<User?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The user with this normalised address, or null.</summary>
    Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a new user, who has no tickets yet whatever <see cref="User.OpenTickets"/> says; false, changing nothing, when the
    /// id or the address is taken.
    /// </summary>
    Task<bool> InsertIfAbsentAsync(User user, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces everything but <see cref="User.Email"/>, <see cref="User.CreatedAt"/>, <see cref="User.OpenTickets"/> and
    /// <see cref="User.LastAssignedAt"/> where the stored version still is <c>user.Version</c>, and raises the version by one.
    /// Neither takes the last admin's role away nor closes their account, whatever runs at the same time. With a change that is made,
    /// the entries go to the audit log (in one step where the store has transactions, right after it where it has none).
    /// </summary>
    Task<UpdateResult> UpdateAsync(User user, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken);

    /// <summary>Puts another address, which nobody has, in the place of this account's: for the erasure alone.</summary>
    Task ReplaceEmailAsync(Guid id, string email, CancellationToken cancellationToken);

    /// <summary>A page of users.</summary>
    Task<Page<User>> ListAsync(UserQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Grows whenever somebody becomes or ceases to be a moderator or admin or their skills change, so that an index over
    /// skills can be kept in memory and checked by one cheap read.
    /// </summary>
    Task<long> GetDirectoryVersionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Accounts that are not as they should be at <paramref name="at"/>: away although that has ended, or closed and still with
    /// open tickets.
    /// </summary>
    Task<IReadOnlyList<User>> ListOverdueAsync(DateTimeOffset at, int limit, CancellationToken cancellationToken);

    /// <summary>All moderators and admins whose account isn't closed, away or not.</summary>
    Task<IReadOnlyList<User>> ListStaffAsync(CancellationToken cancellationToken);
}
