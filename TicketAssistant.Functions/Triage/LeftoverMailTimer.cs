using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Takes up mails that are owed for over an hour: normally their orchestration is still trying; this is for those whose
/// orchestration was ended. What an address does not take is not among them: that is closed, see GET /api/mails.
/// </summary>
public sealed class LeftoverMailTimer(IMailLedger ledger, TimeProvider time)
{
    private const int AtOnce = 1000;

    /// <summary>Starts sending each; where that is under way nothing happens.</summary>
    [Function(nameof(LeftoverMailTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 7 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var entry in await ledger.ListUnsentAsync(time.GetUtcNow().AddHours(-1), AtOnce, cancellationToken))
        {
            await durable.SendMailAsync(entry.Key);
        }
    }
}
