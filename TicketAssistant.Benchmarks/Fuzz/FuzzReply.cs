using System.Text;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>What came back over a raw connection.</summary>
/// <param name="Status">The status code; 0 where the connection was closed without an answer.</param>
/// <param name="Headers">By name, without regard to case.</param>
/// <param name="Body">As it came, without chunk marks.</param>
internal sealed record FuzzReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static readonly FuzzReply None = new(0, new Dictionary<string, string>(), []);

    public string Text { get; } = Encoding.UTF8.GetString(Body);

    /// <summary>The media type alone; null where there is none.</summary>
    public string? MediaType => Headers.TryGetValue("content-type", out var type) ? type.Split(';')[0].Trim().ToLowerInvariant() : null;
}
