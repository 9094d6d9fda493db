using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Once a minute: whoever's time away is over is back, and who was let go and still has tickets is rid of them. Safe in any
/// number of instances.
/// </summary>
public sealed class PeopleTimer(IUserStore users, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Ends what is over, and has waiting tickets handed out to those who are back.</summary>
    [Function(nameof(PeopleTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isSomebodyBack = false;
        foreach (var user in await users.ListOverdueAsync(now, AtOnce, cancellationToken))
        {
            if (user.AwayUntil <= now)
            {
                await users.ChangeAsync(
                    user.Id, u => u.AwayUntil <= now ? u with { Away = false, AwayUntil = null } : u, cancellationToken);
                isSomebodyBack = true;
            }

            if (user is { Active: false, OpenTickets: > 0 }) await durable.ReleaseTicketsAsync(user.Id);

        }

        if (isSomebodyBack) await durable.RequestHandOutAsync();
    }
}
