using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Triage;

/// <summary>Looks whether triages have got as far as an analysis.</summary>
public sealed class AreAnalysed(ITicketStore tickets)
{
    /// <summary>True where all have.</summary>
    [Function(nameof(AreAnalysed))]
    public async Task<bool> RunAsync([ActivityTrigger] TriageKey[] keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            if (!AnalysisRecorder.IsSettled(await tickets.FindAsync(key.TicketId, null, cancellationToken), key.Revision)) return false;
        }

        return true;
    }
}
