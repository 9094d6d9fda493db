using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Read, change, write, and again when somebody else was faster.</summary>
internal static class AccountUpdates
{
    // Each round another change was stored, so somebody always gets on; so many losses in a row mean that something is wrong.
    private const int MaxRounds = 100;

    /// <summary>Stores what <paramref name="change"/> makes of the user, and returns it.</summary>
    /// <exception cref="ProblemException">404: there is no such user; 409: it would take away the last admin.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public static Task<User> ChangeAsync(this IUserStore users, Guid id, Func<User, User> change, CancellationToken cancellationToken) =>
        users.ChangeAsync(id, change, (_, _) => [], cancellationToken);

    /// <summary>The same for a change of which the audit log is told what <paramref name="audit"/> makes of the user before and after.</summary>
    /// <exception cref="ProblemException">404: there is no such user; 409: it would take away the last admin.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public static async Task<User> ChangeAsync(
        this IUserStore users, Guid id, Func<User, User> change, Func<User, User, IReadOnlyList<AuditEntry>> audit, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = await users.FindAsync(id, cancellationToken) ?? throw NoSuchUser();
            var changed = change(before);
            switch (await users.UpdateAsync(changed, audit(before, changed), cancellationToken))
            {
                case UpdateResult.Updated:
                    return changed with { Version = changed.Version + 1 };
                case UpdateResult.LastAdmin:
                    throw new ProblemException(
                        StatusCodes.Status409Conflict, "Last admin", "This is the last admin. Make somebody else one first.");
            }
        }

        throw new StoreUnavailableException($"User {id} changed {MaxRounds} times while one change was tried.");
    }

    private static ProblemException NoSuchUser() => new(StatusCodes.Status404NotFound, "No such user", "There is no such account.");
}
