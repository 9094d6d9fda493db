using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>Leaves nothing of an account but its id, its role and its times.</summary>
public sealed class EraseAccount(IUserStore users, IMailLedger mails)
{
    /// <summary>A repeat changes nothing more. An account that was opened again is left alone.</summary>
    [Function(nameof(EraseAccount))]
    public async Task RunAsync([ActivityTrigger] Guid userId, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userId, cancellationToken) is not { Active: false }) return;
        await users.ChangeAsync(
            userId,
            u => u with
            {
                Name = TicketErasure.Erased,
                // No hash of anything: nobody can log in with it.
                PasswordHash = "",
                Skills = [],
                Away = false,
                AwayUntil = null,
                EmailConfirmed = false,
                Mails = MailPreference.None,
                TokenVersion = u.TokenVersion + 1,
            },
            cancellationToken);
        await users.ReplaceEmailAsync(userId, TicketErasure.EmailOf(userId), cancellationToken);
        await mails.ForgetAsync(userId, cancellationToken);
    }
}
