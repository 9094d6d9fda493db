using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Storage;

/// <summary>Which mails of the ledger to list, newest first.</summary>
public sealed record MailQuery
{
    /// <summary>Only mails in this state; null for all.</summary>
    public MailState? State { get; init; }

    /// <summary>Only mails to this user; null for all.</summary>
    public Guid? RecipientId { get; init; }

    /// <summary>At most so many, 1 or more.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Where an earlier page ended; null for the first.</summary>
    public string? Cursor { get; init; }
}
