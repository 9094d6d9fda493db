using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Finds out whether somebody reads the mail of their address.</summary>
public sealed class AddressConfirmation
{
    /// <summary>Welcomes that one account ever gets: the first, and those it asks for.</summary>
    public const int MaxWelcomes = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly IUserStore _users;
    private readonly IMailLedger _ledger;
    private readonly ConfirmationTokens _tokens;
    private readonly MailOptions _mail;
    private readonly TimeProvider _time;

    internal AddressConfirmation(IUserStore users, IMailLedger ledger, ConfirmationTokens tokens, MailOptions mail, TimeProvider time) =>
        (_users, _ledger, _tokens, _mail, _time) = (users, ledger, tokens, mail, time);

    /// <summary>Whose address the token would confirm.</summary>
    /// <exception cref="ProblemException">400: the token is none of ours or expired; 409: it was used, the address is confirmed.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<User> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var user = SignedToken.UserOf(token) is { } id ? await _users.FindAsync(id, cancellationToken) : null;
        if (user is not { Active: true } || !_tokens.IsGood(token, user)) throw ProblemException.Invalid("token", "is not one of ours, or has expired; ask for another mail");
        if (user.EmailConfirmed) throw AlreadyConfirmed();
        return user;
    }

    /// <summary>Confirms the address that the token was sent to.</summary>
    /// <exception cref="ProblemException">As <see cref="CheckAsync"/>.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<User> ConfirmAsync(string token, CancellationToken cancellationToken)
    {
        var user = await CheckAsync(token, cancellationToken);
        return await _users.ChangeAsync(
            user.Id, u => u.EmailConfirmed ? throw AlreadyConfirmed() : u with { EmailConfirmed = true }, cancellationToken);
    }

    /// <summary>Counts another welcome for this account and returns its mail, which is not owed yet: see <see cref="OweAsync"/>.</summary>
    /// <exception cref="ProblemException">409: confirmed already; 429: too soon, or too many.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<MailKey> AskAgainAsync(User user, CancellationToken cancellationToken)
    {
        var now = _time.GetStoreNow();
        var changed = await _users.ChangeAsync(
            user.Id,
            u =>
            {
                if (u.EmailConfirmed) throw AlreadyConfirmed();
                if (u.Welcomes >= MaxWelcomes) throw TooMany(string.Create(CultureInfo.InvariantCulture, $"This account has had its {MaxWelcomes} mails; ask an admin."), null);
                if (u.LastWelcomeAt + Pause > now) throw TooMany("The last mail is only just out; look for it first.", (int)Pause.TotalSeconds);
                return u with { Welcomes = u.Welcomes + 1, LastWelcomeAt = now };
            },
            cancellationToken);
        return WelcomeOf(changed);
    }

    /// <summary>Records that the mail is owed: from then on it goes out sooner or later.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task OweAsync(MailKey welcome, CancellationToken cancellationToken) =>
        _ledger.OweAsync(welcome, MessageId.For(welcome, _mail.MessageIdDomain), _time.GetStoreNow(), cancellationToken);

    /// <summary>The latest welcome of this account.</summary>
    internal static MailKey WelcomeOf(User user) => FirstWelcomeOf(user.Id) with { Revision = user.Welcomes };

    /// <summary>The welcome of a new account.</summary>
    internal static MailKey FirstWelcomeOf(Guid userId) => new(Guid.Empty, MailKind.Welcome, userId, 1);

    private static ProblemException AlreadyConfirmed() =>
        new(StatusCodes.Status409Conflict, "Already confirmed", "This address is confirmed; there is nothing more to do.");

    private static ProblemException TooMany(string detail, int? retryAfterSeconds) =>
        new(StatusCodes.Status429TooManyRequests, "Too many mails", detail, retryAfterSeconds: retryAfterSeconds);
}
