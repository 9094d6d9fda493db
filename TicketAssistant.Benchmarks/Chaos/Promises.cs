using System.Collections.Concurrent;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>What clients were told, and so may count on.</summary>
internal sealed class Promises
{
    private int _posts;

    /// <summary>Tickets that were answered with 201 or 200, and their titles.</summary>
    public ConcurrentDictionary<Guid, string> Accepted { get; } = new();

    /// <summary>Comments by their text: the ticket, and whether the answer was seen.</summary>
    public ConcurrentDictionary<string, (Guid Ticket, bool Seen)> Comments { get; } = new();

    /// <summary>The highest version of each ticket that a change was answered with.</summary>
    public ConcurrentDictionary<Guid, long> Versions { get; } = new();

    /// <summary>How many tickets were tried, each once however often it was sent.</summary>
    public int Posts => _posts;

    /// <summary>How many changes were answered with 200.</summary>
    public int Changes { get; private set; }

    public int NextPost() => Interlocked.Increment(ref _posts);

    public void Saw(Guid ticket, long version)
    {
        Versions.AddOrUpdate(ticket, version, (_, seen) => Math.Max(seen, version));
        lock (Versions) Changes++;
    }
}
