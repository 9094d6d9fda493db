using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Limits;

/// <summary>Once an hour: attempts that count no more are deleted. Safe in any number of instances.</summary>
public sealed class ForgetAttempts(IAttemptStore attempts, TimeProvider time)
{
    /// <summary>Deletes them.</summary>
    [Function(nameof(ForgetAttempts))]
    public Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        attempts.PurgeAsync(time.GetStoreNow(), LoginGuard.Memory, cancellationToken);
}
