using TicketAssistant.Functions.Audit;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// What was done, by whom and when. Only ever added to. Methods throw <see cref="StoreUnavailableException"/> when the store
/// cannot be reached in time. Changes of an account bring their entries along: see <see cref="IUserStore.UpdateAsync"/>.
/// </summary>
public interface IAuditLog
{
    /// <summary>Adds an entry; the same one again changes nothing.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries, newest first.</summary>
    /// <exception cref="FormatException">The cursor is malformed.</exception>
    Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken);
}
