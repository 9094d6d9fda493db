namespace TicketAssistant.Functions.Storage;

/// <summary>What became of a conditional update.</summary>
public enum UpdateResult
{
    /// <summary>The change is stored.</summary>
    Updated,

    /// <summary>Somebody else was faster: the version is no longer the expected one, or the record is gone.</summary>
    Stale,

    /// <summary>Refused: whom the ticket was to be given to has no account or is neither moderator nor admin, or isn't free where that was asked for.</summary>
    NotStaff,

    /// <summary>Refused: it would leave the team without an admin.</summary>
    LastAdmin,
}
