namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>A sentence or a line of its own, as positions in <see cref="TicketText.Text"/>.</summary>
/// <param name="Start">First position.</param>
/// <param name="End">The position after its last.</param>
/// <param name="IsTitle">Whether it belongs to the title.</param>
/// <param name="Paragraph">Counts the paragraphs, from 0.</param>
internal readonly record struct Sentence(int Start, int End, bool IsTitle, int Paragraph)
{
    /// <summary>Whether this position is in it.</summary>
    public bool Contains(int position) => position >= Start && position < End;
}
