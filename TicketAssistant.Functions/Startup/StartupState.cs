namespace TicketAssistant.Functions.Startup;

/// <summary>Whether the work that has to be done once at start is done.</summary>
public sealed class StartupState
{
    private volatile bool _isComplete;

    /// <summary>False until the store was reached and the first admin is there.</summary>
    public bool IsComplete => _isComplete;

    internal void Complete() => _isComplete = true;
}
