namespace TicketAssistant.Tests.Support;

/// <summary>What the loopback mail server does wrong on one connection.</summary>
public enum SmtpFault
{
    None,

    /// <summary>Accepts the connection and never says a word.</summary>
    SilentGreeting,

    /// <summary>Answers each command late: each step within a time limit, all of them together not.</summary>
    SlowSteps,

    /// <summary>Cuts the connection after the first line of the message.</summary>
    DropInData,

    /// <summary>Takes the whole message and cuts the connection before it says so.</summary>
    DropAfterFinalDot,

    /// <summary>450 for the recipient.</summary>
    MailboxBusy,

    /// <summary>450 for the recipient, whose address is in the answer.</summary>
    QuotesRecipient,

    /// <summary>550 5.1.1 for the recipient.</summary>
    NoSuchMailbox,

    /// <summary>552 for the recipient.</summary>
    MailboxFull,

    /// <summary>550 5.7.0 for the recipient, as rate limiters say it.</summary>
    TooManyMails,

    /// <summary>Takes the message and never answers QUIT.</summary>
    SilentQuit,
}
