namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>What the store still has to do.</summary>
/// <param name="Untriaged">Tickets without an analysis.</param>
/// <param name="Unassigned">Open tickets that nobody has.</param>
/// <param name="Effects">Effects of changes that are pending.</param>
/// <param name="Mails">Mails that are owed.</param>
internal readonly record struct Debts(long Untriaged, long Unassigned, long Effects, long Mails)
{
    public bool AreNone => this == default;
}
