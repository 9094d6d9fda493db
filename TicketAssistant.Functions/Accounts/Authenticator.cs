using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Finds out who sends a request.</summary>
internal sealed class Authenticator(Tokens tokens, IUserStore users)
{
    private const string Scheme = "Bearer ";

    /// <summary>The user whose valid bearer token it carries, as stored now; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<User?> FindUserAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Two headers would be joined to one value that is no token.
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        if (tokens.Validate(header[Scheme.Length..].Trim()) is not { } identity) return null;
        var user = await users.FindAsync(identity.UserId, cancellationToken);
        return user is { Active: true } && user.TokenVersion == identity.Version ? user : null;
    }
}
