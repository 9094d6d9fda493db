using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Limits;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// Attempts that may be guesses, counted under keys, for all instances. Methods throw <see cref="StoreUnavailableException"/> when
/// the store cannot be reached in time.
/// </summary>
public interface IAttemptStore
{
    /// <summary>
    /// Counts an attempt unless it has to wait: of many at once no more get through than the rule lets. Where waiting begins with
    /// it, <paramref name="entry"/> goes to the audit log.
    /// </summary>
    Task<AttemptResult> CountAsync(string key, AttemptRule rule, DateTimeOffset at, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>An attempt was good: the others are forgotten, and the key is trusted for so long (zero: not at all).</summary>
    Task SucceedAsync(string key, DateTimeOffset at, TimeSpan trust, CancellationToken cancellationToken);

    /// <summary>Deletes what no rule with this memory would look at any more.</summary>
    Task PurgeAsync(DateTimeOffset at, TimeSpan memory, CancellationToken cancellationToken);
}
