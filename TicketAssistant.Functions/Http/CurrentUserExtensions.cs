using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Http;

/// <summary>Who is calling, as the token check found them in the store.</summary>
internal static class CurrentUserExtensions
{
    private static readonly object Key = new();

    /// <exception cref="InvalidOperationException">The function is open to anyone, so nobody was identified.</exception>
    public static User CurrentUser(this HttpRequest request) =>
        request.HttpContext.Items[Key] as User
        ?? throw new InvalidOperationException("There is no current user: give the function an [Access] of User or more.");

    public static void SetCurrentUser(this HttpContext context, User user) => context.Items[Key] = user;
}
