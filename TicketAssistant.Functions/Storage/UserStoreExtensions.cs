using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Storage;

/// <summary>Short ways to use a user store.</summary>
public static class UserStoreExtensions
{
    /// <summary>As <see cref="IUserStore.UpdateAsync"/>, for a change that the audit log need not know of.</summary>
    public static Task<UpdateResult> UpdateAsync(this IUserStore users, User user, CancellationToken cancellationToken) =>
        users.UpdateAsync(user, [], cancellationToken);
}
