using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// The settings that steer a triage. Copied into the orchestration's input when it is scheduled, so that a changed setting
/// never changes what a running orchestration replays.
/// </summary>
public sealed record TriageOptions
{
    /// <summary><c>Triage__MaxAttempts</c>: how often the model is asked at most.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary><c>Triage__FirstRetrySeconds</c>: the wait after the first failed attempt; doubles with each.</summary>
    public int FirstRetrySeconds { get; init; } = 2;

    /// <summary><c>Triage__BudgetSeconds</c>: how long the model's attempts and waits may take together.</summary>
    public int BudgetSeconds { get; init; } = 30;

    /// <summary>Reads <c>Triage__*</c>.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static TriageOptions Read(IConfiguration configuration)
    {
        // Supervised mode is refused until it exists: triaging by itself where a human was to confirm would be worse than an error.
        var mode = configuration.Text("Triage__Mode");
        if (mode is not null && !mode.Equals("autonomous", StringComparison.OrdinalIgnoreCase))
            throw new SettingException("Triage__Mode", $"'{mode}' is not supported; the only mode so far is autonomous.");
        return new TriageOptions
        {
            MaxAttempts = configuration.Number("Triage__MaxAttempts", 3, 1, 20),
            FirstRetrySeconds = configuration.Number("Triage__FirstRetrySeconds", 2, 1, 600),
            BudgetSeconds = configuration.Number("Triage__BudgetSeconds", 30, 1, 3600),
        };
    }
}
