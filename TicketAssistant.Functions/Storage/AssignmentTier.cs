namespace TicketAssistant.Functions.Storage;

/// <summary>Candidates that fit equally well.</summary>
/// <param name="Candidates">Each with the explanation to store if it is this one.</param>
public sealed record AssignmentTier(IReadOnlyList<AssignmentCandidate> Candidates);
