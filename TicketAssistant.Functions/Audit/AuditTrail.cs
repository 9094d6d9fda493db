using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Audit;

/// <summary>Writes down what somebody is about to do where the store has no one step for both: rather once too often than never.</summary>
public sealed class AuditTrail(IAuditLog log, TimeProvider time)
{
    /// <summary>To be called before the deed; without an entry there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task RecordAsync(User actor, AuditAction action, string? subject, CancellationToken cancellationToken) =>
        log.AppendAsync(AuditEntry.Of(time.GetStoreNow(), action, actor.Id, subject), cancellationToken);
}
