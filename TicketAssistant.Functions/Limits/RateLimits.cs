using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Limits;

/// <summary>
/// The limits that this process keeps in memory: token buckets by address and by user. With several instances each has its own. The
/// one that guards passwords is kept in the store instead: see <see cref="LoginGuard"/>.
/// </summary>
public sealed class RateLimits : IDisposable
{
    // So many buckets at most, whoever comes: two keys that share one share its tokens, and nobody can choose whose (a string's hash
    // is another one in each process).
    private const int Partitions = 1 << 16;

    private readonly LimitOptions _options;
    private readonly Dictionary<LimitedAction, PartitionedRateLimiter<string>> _byAddress;
    private readonly Dictionary<LimitedAction, PartitionedRateLimiter<string>> _byUser;

    internal RateLimits(LimitOptions options)
    {
        _options = options;
        _byAddress = options.Enabled
            ? new()
            {
                [LimitedAction.Login] = Buckets(options.LoginsPerMinute, TimeSpan.FromMinutes(1)),
                [LimitedAction.Signup] = Buckets(options.SignupsPerHour, TimeSpan.FromHours(1)),
                [LimitedAction.Ticket] = Buckets(options.TicketsPerMinutePerAddress, TimeSpan.FromMinutes(1)),
                [LimitedAction.Reset] = Buckets(options.ResetsPerHour, TimeSpan.FromHours(1)),
            }
            : [];
        _byUser = options.Enabled ? new() { [LimitedAction.Ticket] = Buckets(options.TicketsPerMinute, TimeSpan.FromMinutes(1)) } : [];
    }

    /// <summary>Where the request comes from, as far as limits are concerned.</summary>
    public string AddressOf(HttpRequest request) => ClientAddress.Of(request, _options.AddressHeader);

    /// <summary>Counts one action; to be called before it costs anything.</summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="request">Where from.</param>
    /// <param name="user">Who, where they are logged in.</param>
    /// <exception cref="ProblemException">429: too many of late.</exception>
    public void Take(LimitedAction action, HttpRequest request, User? user = null)
    {
        // The user first: who is refused for themselves takes nothing from their neighbours.
        if (user is not null) Take(_byUser, action, user.Id.ToString("N"));
        Take(_byAddress, action, AddressOf(request));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in _byAddress.Values.Concat(_byUser.Values)) limiter.Dispose();
    }

    private static void Take(Dictionary<LimitedAction, PartitionedRateLimiter<string>> limiters, LimitedAction action, string key)
    {
        if (!limiters.TryGetValue(action, out var limiter)) return;
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        throw TooMany("There were too many requests of this kind from here of late.", wait);
    }

    /// <summary>429, with how long to wait.</summary>
    internal static ProblemException TooMany(string detail, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return new ProblemException(
            StatusCodes.Status429TooManyRequests,
            "Too many requests",
            string.Create(CultureInfo.InvariantCulture, $"{detail} Try again in {seconds} s."),
            retryAfterSeconds: seconds);
    }

    private static PartitionedRateLimiter<string> Buckets(int count, TimeSpan time) => PartitionedRateLimiter.Create<string, int>(
        key => RateLimitPartition.GetTokenBucketLimiter(
            key.GetHashCode(StringComparison.Ordinal) & (Partitions - 1),
            _ => new TokenBucketRateLimiterOptions { TokenLimit = count, TokensPerPeriod = 1, ReplenishmentPeriod = time / count }));
}
