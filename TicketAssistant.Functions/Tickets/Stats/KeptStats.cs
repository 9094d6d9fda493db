namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>In how many of how many done tickets people kept what the analysis had said.</summary>
/// <param name="Kept">So many.</param>
/// <param name="Of">Of so many of which it had said something.</param>
public sealed record KeptStats(int Kept, int Of)
{
    internal static KeptStats Count(IEnumerable<bool?> kept)
    {
        var said = kept.OfType<bool>().ToList();
        return new KeptStats(said.Count(k => k), said.Count);
    }
}
