using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>Makes the numbers. All are exact at the moment of their reading: counted from the facts, not estimated.</summary>
public sealed class TicketStats(ITicketStore tickets, IUserStore users, TimeProvider time)
{
    private const int MostPeople = 100;

    private static readonly (string Name, TimeSpan Below)[] Ages =
    [
        ("underHour", TimeSpan.FromHours(1)), ("underDay", TimeSpan.FromDays(1)), ("underWeek", TimeSpan.FromDays(7)),
        ("under30Days", TimeSpan.FromDays(30)), ("older", TimeSpan.MaxValue),
    ];

    /// <summary>What is open now, and what was created in the last so many days.</summary>
    public async Task<StatsReply> ReadAsync(int days, CancellationToken cancellationToken)
    {
        var now = time.GetStoreNow();
        var open = await tickets.ListOpenFactsAsync(cancellationToken);
        var from = now.AddDays(-days);
        var period = await tickets.ListFactsAsync(from, cancellationToken);
        var perDay = Days(from, now, period, await tickets.ListResolvedAsync(from, cancellationToken));
        return new StatsReply(now, days, Open(open, now), Period(period, perDay), await PeopleAsync(open, period, cancellationToken));
    }

    private static OpenStats Open(IReadOnlyList<TicketFact> open, DateTimeOffset now)
    {
        var ages = Ages.ToDictionary(age => age.Name, _ => 0);
        foreach (var fact in open) ages[Array.Find(Ages, age => now - fact.CreatedAt < age.Below).Name]++;
        return new OpenStats(
            open.Count,
            open.Count(fact => fact.AssigneeId is null),
            open.Count == 0 ? null : open.Min(fact => fact.CreatedAt),
            Count(open, fact => fact.Status),
            Count(open, fact => fact.Priority),
            Count(open, fact => fact.Type),
            ages);
    }

    private static PeriodStats Period(IReadOnlyList<TicketFact> period, IReadOnlyList<DayStats> perDay) => new(
        period.Count,
        Count(period, fact => fact.Status),
        Count(period, fact => fact.Priority),
        Count(period, fact => fact.Type),
        Count(period, fact => fact.State),
        Count(period.Where(fact => fact.Source is not null), fact => fact.Source!.Value),
        FirstResponse(period),
        Resolution(period),
        TimesByPriority(period),
        perDay,
        [
            .. period.Where(fact => fact is { Status: TicketStatus.Done, Source: not null })
                .GroupBy(fact => fact.Source!.Value)
                .OrderBy(source => source.Key)
                .Select(source => new AgreementStats(
                    source.Key,
                    KeptStats.Count(source.Select(fact => fact.KeptType)),
                    KeptStats.Count(source.Select(fact => fact.KeptPriority)),
                    KeptStats.Count(source.Select(fact => fact.KeptSkills)),
                    KeptStats.Count(source.Select(fact => fact.KeptAssignee)))),
        ]);

    private static List<DayStats> Days(DateTimeOffset from, DateTimeOffset now, IReadOnlyList<TicketFact> period, IReadOnlyList<DateTimeOffset> resolved)
    {
        var created = period.CountBy(fact => DayOf(fact.CreatedAt)).ToDictionary();
        var done = resolved.CountBy(DayOf).ToDictionary();
        var days = new List<DayStats>();
        for (var day = DayOf(from); day <= DayOf(now); day = day.AddDays(1))
            days.Add(new DayStats(day, created.GetValueOrDefault(day), done.GetValueOrDefault(day)));
        return days;
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static Dictionary<string, TimesStats> TimesByPriority(IReadOnlyList<TicketFact> period)
    {
        var facts = period.ToLookup(fact => fact.Priority);
        return Enum.GetValues<TicketPriority>().ToDictionary(
            EnumNames<TicketPriority>.Of, priority => new TimesStats(FirstResponse(facts[priority]), Resolution(facts[priority])));
    }

    private async Task<IReadOnlyList<AssigneeStats>> PeopleAsync(
        IReadOnlyList<TicketFact> open, IReadOnlyList<TicketFact> period, CancellationToken cancellationToken)
    {
        var carried = open.Where(fact => fact.AssigneeId is not null).ToLookup(fact => fact.AssigneeId!.Value);
        var done = period.Where(fact => fact is { AssigneeId: not null, ResolvedAt: not null }).ToLookup(fact => fact.AssigneeId!.Value);
        var staff = (await users.ListStaffAsync(cancellationToken)).ToDictionary(user => user.Id);
        var busiest = staff.Keys.Union(carried.Select(person => person.Key)).Union(done.Select(person => person.Key))
            .OrderByDescending(id => carried[id].Count())
            .ThenByDescending(id => done[id].Count())
            .ThenBy(id => id)
            .Take(MostPeople);
        var people = new List<AssigneeStats>();
        foreach (var id in busiest)
        {
            // Somebody who is staff no longer may still have tickets.
            if ((staff.GetValueOrDefault(id) ?? await users.FindAsync(id, cancellationToken)) is not { } user) continue;
            people.Add(new AssigneeStats(
                new PersonRef(user.Id, user.Email, user.Name), user.Away, user.Capacity, carried[id].Count(), Count(carried[id], fact => fact.Status),
                Resolution(done[id])));
        }

        return people;
    }

    private static DurationStats FirstResponse(IEnumerable<TicketFact> facts) =>
        DurationStats.Of([.. facts.Where(fact => fact.FirstResponseAt is not null).Select(fact => fact.FirstResponseAt!.Value - fact.CreatedAt)]);

    private static DurationStats Resolution(IEnumerable<TicketFact> facts) =>
        DurationStats.Of([.. facts.Where(fact => fact.ResolvedAt is not null).Select(fact => fact.ResolvedAt!.Value - fact.CreatedAt)]);

    /// <summary>How many there are of each value, those of which there is none included.</summary>
    private static Dictionary<string, int> Count<TEnum>(IEnumerable<TicketFact> facts, Func<TicketFact, TEnum> of) where TEnum : struct, Enum
    {
        var counts = facts.CountBy(of).ToDictionary();
        return Enum.GetValues<TEnum>().ToDictionary(EnumNames<TEnum>.Of, counts.GetValueOrDefault);
    }
}
