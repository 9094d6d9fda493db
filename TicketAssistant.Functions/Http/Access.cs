namespace TicketAssistant.Functions.Http;

/// <summary>Who may call an HTTP function.</summary>
public enum Access
{
    /// <summary>Everybody; a token is not looked at.</summary>
    Anyone,

    /// <summary>Whoever is logged in.</summary>
    User,

    /// <summary>Moderators and admins.</summary>
    Moderator,

    /// <summary>Admins.</summary>
    Admin,
}
