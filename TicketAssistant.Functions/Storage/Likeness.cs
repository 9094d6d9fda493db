using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// Finds out which tickets look like one: those that share the most of its telling words. A word tells the more the fewer tickets
/// have it (the inverse document frequency, as in BM25; a word counts once, so there are no term frequencies), and twice as much
/// in the title. Words that many have tell nothing, so each word costs a bounded read of the index, in any store.
/// </summary>
/// <typeparam name="TKey">What the store's index calls a ticket.</typeparam>
internal sealed class Likeness<TKey> where TKey : notnull
{
    // So many words of a ticket, the title's first, are enough to know it by.
    private const int MostWords = 40;

    // Shorter ones are mostly particles, except where each character is a word.
    private const int Shortest = 3;

    // A quarter of what there is to share; unrelated tickets share less.
    private const double Least = 0.25;

    private readonly double _tickets;
    private readonly HashSet<string> _title;
    private readonly Dictionary<TKey, (double Weight, int Words)> _shared = [];
    private double _total;

    /// <param name="ticket">Which one.</param>
    /// <param name="tickets">About how many there are.</param>
    public Likeness(Ticket ticket, long tickets)
    {
        _tickets = Math.Max(tickets, 1);
        // A twentieth of all tickets; among few, up to ten, but never so many as have the words of any letter.
        Most = (int)Math.Clamp(tickets / 20, Math.Clamp(tickets / 3, 2, 10), 200);
        _title = [.. SearchWords.Of(ticket.Title)];
        Words = [.. SearchWords.Of(ticket.Title, ticket.Description).Where(word => word.Length >= Shortest || !char.IsAscii(word[0])).Take(MostWords)];
    }

    /// <summary>The words to look up.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>A word that more tickets have tells nothing: no need to read on.</summary>
    public int Most { get; }

    /// <summary>Takes note of who has a word: all of them, or more than <see cref="Most"/>.</summary>
    public void Add(string word, IReadOnlyCollection<TKey> tickets)
    {
        if (tickets.Count == 0 || tickets.Count > Most) return;
        var weight = Math.Log(1 + _tickets / tickets.Count) * (_title.Contains(word) ? 2 : 1);
        _total += weight;
        foreach (var ticket in tickets)
        {
            var (before, words) = _shared.GetValueOrDefault(ticket);
            _shared[ticket] = (before + weight, words + 1);
        }
    }

    /// <summary>Those that are alike enough, itself among them, most alike first.</summary>
    public IEnumerable<TKey> Ranked() => _shared
        .Where(ticket => ticket.Value.Words > 1 && ticket.Value.Weight >= Least * _total)
        .OrderByDescending(ticket => ticket.Value.Weight)
        .Select(ticket => ticket.Key);
}
