using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Routing;

/// <summary>The order in which the store would choose among equally good candidates, as far as one can tell without claiming.</summary>
internal static class CandidateOrder
{
    /// <summary>Who is free first, then with the fewest open tickets, then who has been idle longest, then the lowest id.</summary>
    /// <param name="tier">The candidates; those who aren't in <paramref name="staff"/> are left out.</param>
    /// <param name="staff">Everybody, as they are now.</param>
    public static IEnumerable<(User Person, TicketAssignment Assignment)> InOrder(this AssignmentTier tier, IReadOnlyDictionary<Guid, User> staff) =>
        tier.Candidates
            .Where(candidate => staff.ContainsKey(candidate.UserId))
            .Select(candidate => (Person: staff[candidate.UserId], candidate.Assignment))
            .OrderBy(candidate => !candidate.Person.IsFree)
            .ThenBy(candidate => candidate.Person.OpenTickets)
            .ThenBy(candidate => candidate.Person.LastAssignedAt)
            .ThenBy(candidate => candidate.Person.Id);
}
