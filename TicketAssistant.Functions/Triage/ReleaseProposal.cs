using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Lets a proposal count because nobody confirmed it in time, and says so on the ticket.</summary>
public sealed class ReleaseProposal(AnalysisRecorder recorder)
{
    /// <summary>A repeat changes nothing, nor does one that comes after a person.</summary>
    [Function(nameof(ReleaseProposal))]
    public Task RunAsync([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) => recorder.ReleaseAsync(
        request.Key,
        request.IsFallback ? TriageState.Fallback : TriageState.Succeeded,
        $"Nobody confirmed it within {request.Minutes} {(request.Minutes == 1 ? "minute" : "minutes")}, so it went ahead.",
        cancellationToken);
}
