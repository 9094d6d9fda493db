using Microsoft.Extensions.Logging;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// The last configuration error of the model, for readiness. Logged at most once a minute: every ticket meets the same
/// error until an operator changes a setting. Safe for concurrent use.
/// </summary>
internal sealed class ModelHealth(TimeProvider time, ILogger<ModelHealth> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private string? error;
    private DateTimeOffset nextLog = DateTimeOffset.MinValue;

    /// <summary>What an operator has to put right, without secrets; null while nothing is known to be wrong.</summary>
    public string? ConfigurationError
    {
        get
        {
            lock (gate) return error;
        }
    }

    /// <summary>Keeps the error, and logs it unless one was logged within the last minute.</summary>
    public void Report(string reason)
    {
        lock (gate)
        {
            error = reason;
            var now = time.GetUtcNow();
            if (now < nextLog) return;
            nextLog = now + LogInterval;
        }
        logger.LogError("The language model is misconfigured, tickets are analysed offline: {Reason}", reason);
    }

    /// <summary>Forgets the error: the model has answered.</summary>
    public void Clear()
    {
        lock (gate) error = null;
    }
}
