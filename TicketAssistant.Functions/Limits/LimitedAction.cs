namespace TicketAssistant.Functions.Limits;

/// <summary>What may be done only so often.</summary>
public enum LimitedAction
{
    /// <summary>Trying to log in.</summary>
    Login,

    /// <summary>Opening an account.</summary>
    Signup,

    /// <summary>Posting a ticket.</summary>
    Ticket,

    /// <summary>Asking for a new password, or setting one by a token.</summary>
    Reset,
}
