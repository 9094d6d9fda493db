namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Makes and checks the tokens by which somebody shows that they read the mail of an address. Good for that address alone, and only
/// until it is confirmed.
/// </summary>
internal sealed class ConfirmationTokens(JwtOptions options, TimeProvider time)
{
    /// <summary>How long one is good, from when its mail was owed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly SignedToken _token = new(options, "ticket-assistant confirm address", time);

    /// <summary>The token of this welcome.</summary>
    public string Issue(User user, long welcome, DateTimeOffset owedAt) => _token.Issue(user.Id, welcome, owedAt + Lifetime, user.Email);

    /// <summary>Whether the token is ours, for this user's address, and not expired.</summary>
    public bool IsGood(string token, User user) => _token.IsGood(token, user.Id, user.Email);
}
