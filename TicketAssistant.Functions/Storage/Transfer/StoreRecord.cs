using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>One line of an export: a user, a ticket with what belongs to it, an owed mail, or an entry of the audit log.</summary>
public sealed record StoreRecord
{
    /// <summary>The user; their open tickets are counted anew on import.</summary>
    public User? User { get; init; }

    /// <summary>The ticket.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>The ticket's claims, by revision.</summary>
    public IReadOnlyList<StoreClaim>? Claims { get; init; }

    /// <summary>The ticket's stored timeline entries, by number.</summary>
    public IReadOnlyList<TimelineEntry>? Timeline { get; init; }

    /// <summary>What the ticket's changes still entail, by version and number.</summary>
    public IReadOnlyList<StoreEffect>? Effects { get; init; }

    /// <summary>The mail.</summary>
    public MailLedgerEntry? Mail { get; init; }

    /// <summary>The entry of the audit log.</summary>
    public AuditEntry? Audit { get; init; }
}
