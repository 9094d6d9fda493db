namespace TicketAssistant.Functions.Notifications;

/// <summary>What came of sending a mail.</summary>
public enum SendOutcome
{
    /// <summary>It went out now.</summary>
    Sent,

    /// <summary>It went out before; nothing was done.</summary>
    AlreadySent,

    /// <summary>It is closed: given up, or not to be sent; nothing was done.</summary>
    Closed,

    /// <summary>Somebody else is sending it; nothing was done.</summary>
    Busy,
}
