using System.Collections.Concurrent;
using System.Text;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Counts every answer by route and status, and keeps those that no fault excuses.</summary>
internal sealed class ChaosClient(Uri address) : IDisposable
{
    private readonly LoadClient _http = new(address, 64, TimeSpan.FromSeconds(10));
    private readonly ConcurrentDictionary<(string Route, int Status), int> _answers = new();
    private readonly ConcurrentQueue<Violation> _inexcusable = new();

    /// <summary>The plain client, for what has to succeed.</summary>
    public LoadClient Plain => _http;

    /// <summary>Answers by route and status; "none" where the connection broke or nothing came in time.</summary>
    public object Answers => _answers.GroupBy(a => a.Key.Route).OrderBy(g => g.Key).ToDictionary(
        g => g.Key,
        g => g.OrderBy(a => a.Key.Status).ToDictionary(a => a.Key.Status == 0 ? "none" : $"{a.Key.Status}", a => a.Value));

    /// <summary>Answers that say that something went wrong which the app has no name for.</summary>
    public IEnumerable<Violation> Inexcusable => _inexcusable;

    public async Task<LoadReply?> SendAsync(string route, HttpMethod method, string path, string token, object? body = null, string? key = null)
    {
        var reply = await _http.SendAsync(route, method, path, token, body is null ? null : LoadBody.Of(body), key);
        _answers.AddOrUpdate((route, reply?.Status ?? 0), 1, (_, n) => n + 1);
        // Away, slow or full is a 503; everything else above 499 is a mistake of the app's.
        if (reply is { Status: >= 500 and not 503 }) _inexcusable.Enqueue(new("no 5xx but 503", $"{route}: {reply.Status} {Encoding.UTF8.GetString(reply.Body)}"));
        return reply;
    }

    public void Dispose() => _http.Dispose();
}
