using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>A wish to be away or back.</summary>
/// <param name="Away">Null to leave that as it is.</param>
/// <param name="Until">When being away is to end by itself (UTC); set to null: never.</param>
internal sealed record Presence(bool? Away, OptionalValue<DateTimeOffset?> Until)
{
    private const int MaxDays = 731;

    /// <summary>An end alone means away; being back needs none.</summary>
    /// <exception cref="ProblemException">400: the end is past, too far off, or given with away: false.</exception>
    public static Presence Read(bool? away, OptionalValue<DateTimeOffset?> until, DateTimeOffset now)
    {
        if (until.Value is not { } end) return new Presence(away, until);
        if (away == false) throw ProblemException.Invalid("awayUntil", "must be left out or null where away is false");
        if (end <= now || end > now.AddDays(MaxDays)) throw ProblemException.Invalid("awayUntil", "must be in the future, at most two years from now");
        return new Presence(true, new(true, end.ToStoreTime()));
    }

    /// <summary>The user as they wish to be.</summary>
    public User ApplyTo(User user)
    {
        var away = Away ?? user.Away;
        return user with { Away = away, AwayUntil = !away ? null : Until.IsSet ? Until.Value : user.AwayUntil };
    }
}
