using System.Collections.Concurrent;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Tests.Support;

/// <summary>The ledger's contract in memory, for tests of the sender alone; the real stores have tests of their own.</summary>
internal sealed class InMemoryMailLedger : IMailLedger
{
    private readonly Dictionary<MailKey, MailLedgerEntry> rows = [];
    private readonly Lock gate = new();

    /// <summary>Thrown instead of recording that a mail was sent, one after the other.</summary>
    public ConcurrentQueue<Exception> MarkSentFailures { get; } = new();

    public Task<MailLedgerEntry> OweAsync(MailKey key, string messageId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            rows.TryAdd(key, new(key, messageId, 0, at, null, null, null));
            return Task.FromResult(rows[key]);
        }
    }

    public Task<IReadOnlyList<MailLedgerEntry>> ListOfTicketAsync(Guid ticketId, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<MailLedgerEntry>>([.. rows.Values.Where(row => row.Key.TicketId == ticketId)]);
    }

    public Task<bool> TryBeginSendAsync(MailKey key, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var row = rows[key];
            if (row.State != MailState.Owed || row.SendingUntil > at) return Task.FromResult(false);
            rows[key] = row with { Attempts = row.Attempts + 1, SendingUntil = until };
            return Task.FromResult(true);
        }
    }

    public Task MarkSentAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (MarkSentFailures.TryDequeue(out var failure)) throw failure;
        lock (gate) rows[key] = rows[key] with { SentAt = at, SendingUntil = null, LastError = null };
        return Task.CompletedTask;
    }

    public Task MarkFailedAsync(MailKey key, string reason, CancellationToken cancellationToken)
    {
        lock (gate) rows[key] = rows[key] with { SendingUntil = null, LastError = reason };
        return Task.CompletedTask;
    }

    public Task CloseAsync(MailKey key, string messageId, DateTimeOffset at, MailClosure closure, string reason, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            rows.TryAdd(key, new(key, messageId, 0, at, null, null, null));
            if (rows[key].SentAt is null) rows[key] = rows[key] with { ClosedAs = closure, LastError = reason, SendingUntil = null };
            return Task.CompletedTask;
        }
    }

    public Task<bool> ReopenAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<MailLedgerEntry>> ListAsync(MailQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ForgetAsync(Guid recipientId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(rows.GetValueOrDefault(key));
    }

    public Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<MailLedgerEntry>>([.. rows.Values.Where(r => r.State == MailState.Owed && r.OwedAt < owedBefore).OrderBy(r => r.OwedAt).Take(limit)]);
    }
}
