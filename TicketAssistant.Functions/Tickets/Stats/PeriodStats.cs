namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>The tickets created in the period, as they are now.</summary>
/// <param name="Created">How many.</param>
/// <param name="ByStatus">How many by status.</param>
/// <param name="ByPriority">How many by priority.</param>
/// <param name="ByType">How many by type.</param>
/// <param name="ByTriageState">How many by how far their analysis has come.</param>
/// <param name="ByTriageSource">How many by who analysed them; those that nobody has yet are in none.</param>
/// <param name="FirstResponse">From creation to the first answer of staff.</param>
/// <param name="Resolution">From creation to done.</param>
/// <param name="TimesByPriority">Both by priority, as it is now.</param>
/// <param name="PerDay">Every day of the period, the oldest first; that one counts from the time of day at which the period begins.</param>
/// <param name="Agreement">Agreement with the analysis, by its source.</param>
public sealed record PeriodStats(
    int Created,
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByPriority,
    IReadOnlyDictionary<string, int> ByType,
    IReadOnlyDictionary<string, int> ByTriageState,
    IReadOnlyDictionary<string, int> ByTriageSource,
    DurationStats FirstResponse,
    DurationStats Resolution,
    IReadOnlyDictionary<string, TimesStats> TimesByPriority,
    IReadOnlyList<DayStats> PerDay,
    IReadOnlyList<AgreementStats> Agreement);
