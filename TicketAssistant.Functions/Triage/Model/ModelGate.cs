using Microsoft.Extensions.Logging;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// Keeps this process from asking the model too much at once, and from asking a model that is down at all: a limit on
/// concurrent questions and a circuit breaker. Never waits: who is not admitted is told so, and comes back later or does
/// without. Safe for concurrent use.
/// </summary>
internal sealed class ModelGate(ModelGateOptions options, TimeProvider time, ILogger<ModelGate> logger)
{
    // What a server asks for may be hours; somebody has to find out earlier that it is back.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private int _inFlight;
    private int _failures;
    private bool _isOpen;
    private bool _isProbing;
    private long _openedAt;
    private TimeSpan _pause;
    private string _reason = "";

    /// <summary>True while the model is left alone, the time of a trial included.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock) return _isOpen;
        }
    }

    /// <summary>How many questions are with the model.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock) return _inFlight;
        }
    }

    /// <summary>Asks to be let through.</summary>
    public ModelEntry Enter()
    {
        lock (_lock)
        {
            if (_isOpen && _isProbing) return new ModelEntry.Open(_reason, Shortly());
            if (_isOpen && _pause - time.GetElapsedTime(_openedAt) is { Ticks: > 0 } left) return new ModelEntry.Open(_reason, left);
            if (_inFlight >= options.Concurrency)
            {
                return new ModelEntry.Full(
                    $"The model had {options.Concurrency} other tickets at a time for as long as this one could wait.",
                    Shortly());
            }

            _inFlight++;
            _isProbing = _isOpen;
            return new ModelEntry.Admitted(new ModelPass(this, isProbe: _isOpen));
        }
    }

    /// <summary>Ends the pause, if there is one: somebody thinks that the model is back. The next one to enter tries.</summary>
    public void TryNow()
    {
        lock (_lock) _pause = TimeSpan.Zero;
    }

    internal void Learn(ModelOutcome outcome, bool isProbe)
    {
        switch (outcome)
        {
            case ModelOutcome.Retry later:
                Failed(later.Reason, later.RetryAfter ?? TimeSpan.Zero, isProbe, atOnce: false);
                break;
            case ModelOutcome.Misconfigured wrong:
                // Nothing but an operator helps, so there is nothing to count up to.
                Failed(wrong.Reason, TimeSpan.Zero, isProbe, atOnce: true);
                break;
            default:
                // A refusal is about one ticket: the server is there and answers.
                Answered();
                break;
        }
    }

    internal void Leave(bool isProbe)
    {
        lock (_lock)
        {
            _inFlight--;
            if (isProbe) _isProbing = false;
        }
    }

    private static TimeSpan Shortly() => TimeSpan.FromSeconds(0.5 + Random.Shared.NextDouble());

    private void Answered()
    {
        lock (_lock)
        {
            _failures = 0;
            if (!_isOpen) return;
            _isOpen = false;
        }

        logger.LogInformation("The model answers again; tickets go to it again.");
    }

    private void Failed(string reason, TimeSpan wish, bool isProbe, bool atOnce)
    {
        TimeSpan pause;
        lock (_lock)
        {
            _failures++;
            // Questions that were under way when it opened tell nothing new.
            if (_isOpen ? !isProbe : !atOnce && _failures < options.Failures) return;
            pause = TimeSpan.FromSeconds(options.Seconds);
            if (wish > pause) pause = wish < LongestPause ? wish : LongestPause;
            (_isOpen, _openedAt, _pause) = (true, time.GetTimestamp(), pause);
            _reason = $"The model was not asked, because it is left alone after {_failures} {(_failures == 1 ? "failure" : "failures in a row")}, the last one: {reason}";
        }

        logger.LogWarning("The model is left alone for {Seconds:0} s, tickets are analysed offline: {Reason}", pause.TotalSeconds, reason);
    }
}
