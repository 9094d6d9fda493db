using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>
/// Carries out the pending effects of a change, each at least once, and strikes each out after. None of them waits for anything:
/// what may take long, such as a mail, is started as an orchestration of its own.
/// </summary>
public sealed class CarryOutEffects(ITicketStore tickets)
{
    /// <summary>A repeat, or another one at the same time, does again what is not struck out, and all of that is idempotent.</summary>
    [Function(nameof(CarryOutEffects))]
    public async Task RunAsync([ActivityTrigger] EffectsKey key, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var effect in await tickets.ListEffectsAsync(key, cancellationToken))
        {
            await CarryOutAsync(effect, durable);
            await tickets.SettleEffectAsync(key, effect.Number, cancellationToken);
        }
    }

    private static Task CarryOutAsync(TicketEffect effect, DurableTaskClient durable) => effect switch
    {
        { Kind: EffectKind.Mail, Mail: { } mail } => durable.StartUnlessRunningAsync(nameof(MailOrchestrator), mail.InstanceId, mail),
        { Kind: EffectKind.HandOut } => durable.RequestHandOutAsync(),
        // Whoever watches over tickets that nobody acts on listens here.
        { Kind: EffectKind.Acted } => Task.CompletedTask,
        _ => throw new InvalidOperationException($"Unknown effect {effect}."),
    };
}
