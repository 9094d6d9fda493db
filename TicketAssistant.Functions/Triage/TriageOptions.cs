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

    /// <summary><c>Triage__Mode</c>: whether an analysis counts by itself.</summary>
    public TriageMode Mode { get; init; }

    /// <summary>
    /// <c>Triage__ConfirmBelow</c>, 0 to 1: in supervised mode, an analysis whose confidence is below waits for a person; at 1
    /// each one does, however sure it is.
    /// </summary>
    public double ConfirmBelow { get; init; } = 1;

    /// <summary><c>Triage__ConfirmMinutes</c>: how long a person is waited for before the analysis counts all the same.</summary>
    public int ConfirmMinutes { get; init; } = 60;

    /// <summary>What <see cref="ConfirmBelow"/> comes to in this mode: null where nothing waits for a person.</summary>
    public double? ConfirmationLimit => Mode == TriageMode.Supervised ? ConfirmBelow : null;

    /// <summary>Reads <c>Triage__*</c>.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static TriageOptions Read(IConfiguration configuration) => new()
    {
        MaxAttempts = configuration.Number("Triage__MaxAttempts", 3, 1, 20),
        FirstRetrySeconds = configuration.Number("Triage__FirstRetrySeconds", 2, 1, 600),
        BudgetSeconds = configuration.Number("Triage__BudgetSeconds", 30, 1, 3600),
        Mode = configuration.Choice("Triage__Mode", TriageMode.Autonomous),
        ConfirmBelow = configuration.Fraction("Triage__ConfirmBelow", 1),
        ConfirmMinutes = configuration.Number("Triage__ConfirmMinutes", 60, 1, 7 * 24 * 60),
    };
}
