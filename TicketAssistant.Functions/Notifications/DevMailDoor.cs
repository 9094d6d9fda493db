using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Lets admins into the mailbox, and nobody who was sent there by a foreign page.</summary>
internal sealed class DevMailDoor(MailOptions options, Authenticator authenticator, AccountService accounts, RateLimits limits)
{
    /// <exception cref="ProblemException">421 for a foreign Host header, 401 without or 403 with another log-in than an admin's.</exception>
    public async Task CheckAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A name that somebody else's DNS points at this machine must not open it (DNS rebinding).
        var host = request.Host.Host;
        if (!IsLoopbackName(host) && !host.Equals(options.AppUrl.Host, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(421, "Wrong host", $"The mailbox is not served as '{host}'; use localhost or the host of App__Url.");

        var user = await IdentifyAsync(request, cancellationToken);
        if (user is null)
        {
            throw new ProblemException(
                401, "Log in", "The mailbox is for admins: log in with an admin's e-mail address and password.",
                header: ("WWW-Authenticate", "Basic realm=\"mailbox\", charset=\"UTF-8\""));
        }

        if (user.Role != Role.Admin) throw new ProblemException(403, "Forbidden", "The mailbox is for admins.");
    }

    private async Task<User?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return await authenticator.FindUserAsync(request, cancellationToken);

        limits.Take(LimitedAction.Login, request);
        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), buffer, out var length)) return null;
        var credentials = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return credentials.Length == 2 ? await accounts.FindAsync(credentials[0], credentials[1], limits.AddressOf(request), cancellationToken) : null;
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
