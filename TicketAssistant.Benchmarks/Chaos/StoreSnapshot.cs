using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage.Transfer;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Everything in the store, whichever it is: what the app's own export wrote.</summary>
internal sealed record StoreSnapshot(IReadOnlyList<User> Users, IReadOnlyList<StoreRecord> Tickets, IReadOnlyList<MailLedgerEntry> Mails)
{
    public static StoreSnapshot Read(string path)
    {
        var records = File.ReadLines(path).Select(StoreRecordJson.Read).ToList();
        return new StoreSnapshot(
            [.. records.Select(r => r.User).OfType<User>()],
            [.. records.Where(r => r.Ticket is not null)],
            [.. records.Select(r => r.Mail).OfType<MailLedgerEntry>()]);
    }
}
