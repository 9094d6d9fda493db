using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Housekeeping;

/// <summary>How long what has ended is kept in the durable history.</summary>
/// <param name="After">From an orchestration's end to its removal; zero keeps everything.</param>
public sealed record PurgeOptions(TimeSpan After)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 36_500;

    /// <summary>Reads <c>Durable__PurgeAfterDays</c>, whole days.</summary>
    /// <exception cref="SettingException">It is malformed.</exception>
    public static PurgeOptions Read(IConfiguration configuration) =>
        new(TimeSpan.FromDays(configuration.Number("Durable__PurgeAfterDays", DefaultDays, min: 0, MaxDays)));
}
