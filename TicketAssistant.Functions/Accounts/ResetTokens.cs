namespace TicketAssistant.Functions.Accounts;

/// <summary>Makes and checks the tokens by which somebody who reads the mail of an address sets a new password for its account.</summary>
internal sealed class ResetTokens(JwtOptions options, TimeProvider time)
{
    /// <summary>How long one is good, from when its mail was owed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly SignedToken _token = new(options, "ticket-assistant reset password", time);

    /// <summary>The token of this mail.</summary>
    public string Issue(User user, long number, DateTimeOffset owedAt) => _token.Issue(user.Id, number, owedAt + Lifetime, BoundTo(user));

    /// <summary>Whether a mail that was owed then would bring a token that is no longer good.</summary>
    public bool IsTooLate(DateTimeOffset owedAt) => owedAt + Lifetime <= time.GetUtcNow();

    /// <summary>Whether the token is ours, for this account with the password that it has now, and not expired.</summary>
    public bool IsGood(string token, User user) => _token.IsGood(token, user.Id, BoundTo(user));

    // The first of several tokens that is used, or a change of the password by other means, ends them all.
    private static string BoundTo(User user) => $"{user.Email}\n{user.PasswordHash}";
}
