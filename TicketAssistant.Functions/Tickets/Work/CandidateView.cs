namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>Somebody who could take a ticket.</summary>
/// <param name="User">The person.</param>
/// <param name="Score">How much of what the ticket asks for they cover, 0 to 1: the n-th skill weighs 1/n.</param>
/// <param name="MatchedSkills">Which skills that are, as they write them.</param>
/// <param name="OpenTickets">How many open tickets they have.</param>
/// <param name="Capacity">How many they take at most; null for any number.</param>
/// <param name="Away">Whether they are passed over when tickets are assigned.</param>
/// <param name="Full">Whether they have no room for another one.</param>
/// <param name="IsAdmin">Whether they are an admin, to whom it goes where no moderator can take it.</param>
/// <param name="Reason">One sentence on why they are in the list.</param>
public sealed record CandidateView(
    PersonRef User,
    double Score,
    IReadOnlyList<string> MatchedSkills,
    int OpenTickets,
    int? Capacity,
    bool Away,
    bool Full,
    bool IsAdmin,
    string Reason);
