namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>A ticket's text made ready for matching.</summary>
/// <param name="Original">Title, line break, description, as they were written.</param>
/// <param name="Text">Folded: lower case, no accents, one space between words, quotation marks and mark-up gone.</param>
/// <param name="Map">For each position of <paramref name="Text"/> the position in <paramref name="Original"/>.</param>
/// <param name="Sentences">In order; together they cover <paramref name="Text"/>.</param>
internal sealed record TicketText(string Original, string Text, int[] Map, IReadOnlyList<Sentence> Sentences);
