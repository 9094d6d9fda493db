using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>How much one process asks of the model, and when it leaves it alone.</summary>
internal sealed record ModelGateOptions
{
    /// <summary>
    /// <c>Triage__ModelConcurrency</c>: how many tickets are with the model at once. Below host.json's
    /// maxConcurrentActivityFunctions, or a model that hangs would hold up everything else.
    /// </summary>
    public int Concurrency { get; init; } = 16;

    /// <summary><c>Triage__BreakerFailures</c>: after so many failures in a row the model is left alone.</summary>
    public int Failures { get; init; } = 5;

    /// <summary><c>Triage__BreakerSeconds</c>: for so long; then one ticket tries whether it is back.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Reads <c>Triage__Model*</c> and <c>Triage__Breaker*</c>.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static ModelGateOptions Read(IConfiguration configuration) => new()
    {
        Concurrency = configuration.Number("Triage__ModelConcurrency", 16, 1, 1_000),
        Failures = configuration.Number("Triage__BreakerFailures", 5, 1, 1_000),
        Seconds = configuration.Number("Triage__BreakerSeconds", 30, 1, 3_600),
    };
}
