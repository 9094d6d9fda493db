using System.Security.Cryptography;
using System.Text;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Limits;

/// <summary>
/// Makes guessing passwords slow, without letting a stranger keep anybody out: attempts on an account are counted for each address
/// that they come from, and only where that address has not logged in to it of late also for all addresses together. Kept in
/// the store, so for all instances. An address without an account is treated like one with, and only hashes of both are kept.
/// </summary>
internal sealed class LoginGuard
{
    /// <summary>How long an address that has logged in is let pass by what others do.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromDays(30);

    /// <summary>How long failed attempts are remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private const int FreeFromEverywhere = 50;
    private static readonly TimeSpan LongestFromEverywhere = TimeSpan.FromSeconds(30);

    // The first three as often as somebody likes, then one in ten minutes, and less and less.
    private static readonly AttemptRule Resets = new(3, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), Memory);

    private readonly IAttemptStore _attempts;
    private readonly IAuditLog _audit;
    private readonly LimitOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[] _key;
    private readonly AttemptRule _here;
    private readonly AttemptRule _everywhere;

    public LoginGuard(IAttemptStore attempts, IAuditLog audit, LimitOptions options, JwtOptions jwt, TimeProvider time)
    {
        (_attempts, _audit, _options, _time) = (attempts, audit, options, time);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, jwt.Secret, HMACSHA256.HashSizeInBytes, info: "ticket-assistant attempts"u8.ToArray());
        _here = new AttemptRule(options.FreeLogins, TimeSpan.FromSeconds(2), options.LongestWait, Memory);
        _everywhere = new AttemptRule(FreeFromEverywhere, TimeSpan.FromSeconds(1), LongestFromEverywhere, Memory);
    }

    /// <summary>To be called before a password is looked at; it counts as failed until <see cref="SucceedAsync"/>.</summary>
    /// <param name="email">Normalised; whether it is anybody's does not matter.</param>
    /// <param name="address">Where the attempt comes from.</param>
    /// <param name="userId">Whose account it is, for the audit log; null for nobody's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">429: wait first.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task BeginAsync(string email, string address, Guid? userId, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return;
        var now = _time.GetStoreNow();
        var entry = AuditEntry.Of(now, AuditAction.LoginsSlowed, actor: null, userId?.ToString("D"));
        var here = await _attempts.CountAsync(Here(email, address), _here, now, entry, cancellationToken);
        if (here.Wait is { } wait) throw TooMany(wait);
        if (here.IsTrusted) return;
        var everywhere = await _attempts.CountAsync(Everywhere(email), _everywhere, now, entry with { Detail = "everywhere" }, cancellationToken);
        if (everywhere.Wait is { } longer) throw TooMany(longer);
    }

    /// <summary>The password was right.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task SucceedAsync(string email, string address, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return;
        await _attempts.SucceedAsync(Here(email, address), _time.GetStoreNow(), Trust, cancellationToken);
        await _attempts.SucceedAsync(Everywhere(email), _time.GetStoreNow(), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>To be called before a mail for a new password goes out: an account gets few of them, whether there is one or not.</summary>
    /// <exception cref="ProblemException">429: wait first.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task BeginResetAsync(string email, Guid? userId, CancellationToken cancellationToken)
    {
        var now = _time.GetStoreNow();
        var entry = AuditEntry.Of(now, AuditAction.PasswordResetRequested, actor: null, userId?.ToString("D"));
        if (_options.Enabled && (await _attempts.CountAsync($"reset:{Hash(email)}", Resets, now, entry, cancellationToken)).Wait is { } wait)
            throw RateLimits.TooMany("Several mails for a new password are on their way to this address; look for them first.", wait);
        await _audit.AppendAsync(entry, cancellationToken);
    }

    /// <summary>
    /// Who gets the mail for an address without an account: nobody, and always the same nobody, so that asking twice meets what an
    /// account would meet.
    /// </summary>
    public Guid NobodyAt(string email) => Guid.ParseExact(Hash($"nobody {email}"), "N");

    private string Here(string email, string address) => $"login:{Hash($"{email} {address}")}";

    private string Everywhere(string email) => $"login:{Hash(email)}";

    // Neither an address of e-mail nor one of the network can be read from what is kept, nor tried without the secret.
    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static ProblemException TooMany(TimeSpan wait) => RateLimits.TooMany("Too many log-ins to this account have failed.", wait);
}
