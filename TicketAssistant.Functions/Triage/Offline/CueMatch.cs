namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>A cue that was found.</summary>
/// <param name="Start">First position in <see cref="TicketText.Text"/>.</param>
/// <param name="End">The position after its last.</param>
/// <param name="Cue">What was found.</param>
internal readonly record struct CueMatch(int Start, int End, Cue Cue);
