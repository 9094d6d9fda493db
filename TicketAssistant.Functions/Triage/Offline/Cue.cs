namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>One entry of a cue table.</summary>
/// <param name="Phrase">
/// Words as people write them. A word that ends in <c>*</c> stands for all that begin so; <c>..</c> stands for up to four words
/// of the same sentence.
/// </param>
/// <param name="Kind">The table.</param>
/// <param name="Section">The heading under which it stands: a skill, a type, a reason.</param>
/// <param name="Weight">How strongly it speaks for the section; negative speaks against it.</param>
internal sealed record Cue(string Phrase, CueKind Kind, string Section, double Weight);
