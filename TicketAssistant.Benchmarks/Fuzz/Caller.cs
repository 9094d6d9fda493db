namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>Who sends a request.</summary>
internal enum Caller
{
    /// <summary>Nobody.</summary>
    Anonymous,

    /// <summary>A user, who must never see anything of the other one.</summary>
    User,

    /// <summary>A moderator.</summary>
    Moderator,

    /// <summary>The admin.</summary>
    Admin,
}
