namespace TicketAssistant.Functions.Storage;

/// <summary>Candidates that fit equally well.</summary>
/// <param name="Candidates">Each with the explanation to store if it is this one.</param>
/// <param name="Score">How much of what is asked for they cover, 0 to 1.</param>
public sealed record AssignmentTier(IReadOnlyList<AssignmentCandidate> Candidates, double Score = 0);
