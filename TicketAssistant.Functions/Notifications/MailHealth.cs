namespace TicketAssistant.Functions.Notifications;

/// <summary>Whether the last mail of this process went out, for readiness.</summary>
public sealed class MailHealth
{
    private volatile bool _failing;

    /// <summary>True when the last attempt failed for a reason that may concern every mail.</summary>
    public bool IsFailing
    {
        get => _failing;
        set => _failing = value;
    }
}
