using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage.Model;

namespace TicketAssistant.Functions.Triage;

/// <summary>POST /api/triage/retry-fallbacks.</summary>
public sealed class RetryFallbacks(ITicketStore tickets, TriageOptions options, AuditTrail audit, IServiceProvider services)
{
    private readonly ModelGate _gate = services.GetRequiredService<ModelGate>();

    // A portion as large as the gate: none of its tickets has to wait for another one.
    private readonly int _portion = services.GetRequiredService<ModelGateOptions>().Concurrency;

    /// <summary>
    /// 202: every open ticket that was analysed offline because the model could not is triaged again, a portion at a time. Called
    /// again meanwhile it changes nothing.
    /// </summary>
    [Function(nameof(RetryFallbacks))]
    [Access(Access.Admin)]
    [Operation("Triages again what was analysed offline because the model could not")]
    [Reply(202, "A portion at a time, from now on.", typeof(RetryFallbacksReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/triage/retry-fallbacks")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var count = await tickets.CountFallbacksAsync(cancellationToken);
        await audit.RecordAsync(request.CurrentUser(), AuditAction.FallbacksRetried, null, cancellationToken);
        if (count > 0)
        {
            // Whoever asks for this thinks that the model is back; one of the tickets finds out.
            _gate.TryNow();
            await durable.StartUnlessRunningAsync(
                nameof(RetryFallbacksOrchestrator), RetryFallbacksOrchestrator.InstanceId, new RetryFallbacksInput(options, _portion));
        }

        return JsonResults.Json(new RetryFallbacksReply(count, RetryFallbacksOrchestrator.InstanceId), StatusCodes.Status202Accepted);
    }
}
