using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// A new password for who has forgotten theirs and reads the mail of a confirmed address. An unconfirmed one gets no mail: the link in
/// its welcome confirms it first.
/// </summary>
public sealed class PasswordReset
{
    private readonly IUserStore _users;
    private readonly Passwords _passwords;
    private readonly ResetTokens _tokens;
    private readonly LoginGuard _guard;
    private readonly TimeProvider _time;

    internal PasswordReset(IUserStore users, Passwords passwords, ResetTokens tokens, LoginGuard guard, TimeProvider time) =>
        (_users, _passwords, _tokens, _guard, _time) = (users, passwords, tokens, guard, time);

    /// <summary>
    /// The mail to send, whoever asks. For an address without an account it is one to nobody, which costs the same until it is on
    /// its way and then comes to nothing.
    /// </summary>
    /// <exception cref="ProblemException">400: no address; 429: too many for this address.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<MailKey> AskAsync(ForgotRequest request, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryNormalize(request.Email, out var email)) throw ProblemException.Invalid("email", EmailAddress.Problem);
        var user = await _users.FindByEmailAsync(email, cancellationToken);
        await _guard.BeginResetAsync(email, user?.Id, cancellationToken);
        return new MailKey(Guid.Empty, MailKind.Reset, user?.Id ?? _guard.NobodyAt(email), _time.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <summary>Sets the password, kills every token of the account, and trusts the address that it came from.</summary>
    /// <exception cref="ProblemException">400: the password won't do, or the token is none of ours, used or expired.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task SetAsync(ResetRequest request, string from, CancellationToken cancellationToken)
    {
        var user = SignedToken.UserOf(request.Token) is { } id ? await _users.FindAsync(id, cancellationToken) : null;
        if (user is not { Active: true } || !_tokens.IsGood(request.Token, user)) throw BadToken();
        if (NewPassword.Problem(request.Password, user.Email) is { } problem) throw ProblemException.Invalid("password", problem);
        var hash = await _passwords.HashAsync(request.Password, cancellationToken);
        await _users.ChangeAsync(
            user.Id,
            // Of two who use the token at once one is first.
            u => u.Active && _tokens.IsGood(request.Token, u) ? u with { PasswordHash = hash, TokenVersion = u.TokenVersion + 1 } : throw BadToken(),
            (_, u) => [AuditEntry.Of(_time.GetStoreNow(), AuditAction.PasswordReset, u.Id, u.Id.ToString("D"))],
            cancellationToken);
        await _guard.SucceedAsync(user.Email, from, cancellationToken);
    }

    private static ProblemException BadToken() => ProblemException.Invalid("token", "is not one of ours, was used or has expired; ask for another mail");
}
