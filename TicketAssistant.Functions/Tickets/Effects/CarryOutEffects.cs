using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>
/// Carries out the pending effects of a change, each at least once, and strikes each out after. None of them waits for anything:
/// what may take long, such as a mail, is started as an orchestration of its own.
/// </summary>
public sealed class CarryOutEffects(ITicketStore tickets, AcknowledgementLimits limits)
{
    /// <summary>A repeat, or another one at the same time, does again what is not struck out, and all of that is idempotent.</summary>
    [Function(nameof(CarryOutEffects))]
    public async Task RunAsync([ActivityTrigger] EffectsKey key, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var effect in await tickets.ListEffectsAsync(key, cancellationToken))
        {
            await CarryOutAsync(key, effect, durable, cancellationToken);
            await tickets.SettleEffectAsync(key, effect.Number, cancellationToken);
        }
    }

    private Task CarryOutAsync(EffectsKey key, TicketEffect effect, DurableTaskClient durable, CancellationToken cancellationToken) => effect switch
    {
        { Kind: EffectKind.Mail, Mail: { } mail } => durable.StartUnlessRunningAsync(nameof(MailOrchestrator), mail.InstanceId, mail),
        { Kind: EffectKind.HandOut } => durable.RequestHandOutAsync(),
        { Kind: EffectKind.Acted, Acknowledgement: { } number } => durable.TellActedAsync(key.TicketId, number),
        { Kind: EffectKind.Acted } => Task.CompletedTask,
        { Kind: EffectKind.Awaited } => AwaitAsync(key, durable, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown effect {effect}."),
    };

    private async Task AwaitAsync(EffectsKey key, DurableTaskClient durable, CancellationToken cancellationToken) =>
        await durable.AwaitAcknowledgementAsync(await tickets.FindAsync(key.TicketId, null, cancellationToken), limits);
}
