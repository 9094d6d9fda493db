using System.Collections;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Routing;

/// <summary>
/// The candidates of a tier, each made when it is asked for: a plan over ten thousand people is two arrays, not as many
/// objects that would keep the garbage collector busy.
/// </summary>
internal sealed class CandidateList(Guid[] people, int[] positions, int[] profileOf, TicketAssignment[] explanations)
    : IReadOnlyList<AssignmentCandidate>
{
    public int Count => positions.Length;

    public AssignmentCandidate this[int i] => new(people[positions[i]], explanations[profileOf[positions[i]]]);

    public IEnumerator<AssignmentCandidate> GetEnumerator()
    {
        for (var i = 0; i < positions.Length; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
