using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>Judges replies, and keeps the first of each kind of mistake with how often it was seen.</summary>
internal sealed partial class FuzzFindings(FuzzWorld world)
{
    private readonly ConcurrentDictionary<string, Finding> _found = new(StringComparer.Ordinal);

    public IEnumerable<object> All => _found.OrderBy(found => found.Key, StringComparer.Ordinal)
        .Select(found => new { what = found.Key, times = found.Value.Times, request = found.Value.Request, reply = found.Value.Reply });

    public bool Any => !_found.IsEmpty;

    public void Add(string what, string request, string reply) =>
        Interlocked.Increment(ref _found.GetOrAdd(what, _ => new Finding(request, reply.Length > 800 ? reply[..800] : reply)).Times);

    /// <summary>Looks at one reply.</summary>
    public void Judge(FuzzRequest request, FuzzReply reply)
    {
        var at = request.Operation?.Id ?? "broken request";
        void Found(string what) => Add($"{what}: {at} {reply.Status}", request.Shown, $"{string.Join("; ", reply.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{reply.Text}");

        if (reply.Status >= 500 && !IsProper503(request, reply) && !(request.Operation is null && reply.Status is 501 or 505)) Found("server error");
        if (Trace().IsMatch(reply.Text)) Found("stack trace");
        if (request.Operation is { } operation)
        {
            if (reply.Status == 0) Found("no answer");
            else if (!operation.Declares(reply.Status, reply.Body.Length == 0 ? null : reply.MediaType) && !operation.Declares(reply.Status, reply.MediaType)) Found($"not in the document as {reply.MediaType ?? "empty"}");
        }

        if (request.Caller <= Caller.User && Sees(request.Bytes, reply)) Found("leak");
    }

    /// <summary>Looks at what came about somebody else's ticket, and about one that there is not: it must be the same.</summary>
    public void Compare(FuzzRequest request, FuzzReply reply, FuzzReply twin)
    {
        // A token that died between the two, or a store under load, makes a difference that says nothing.
        if (reply.Status is 401 or 503 or 0 || twin.Status is 401 or 503 or 0) return;
        if (reply.Status != twin.Status || Scrub(reply.Text) != Scrub(twin.Text))
            Add($"tells another's ticket from none: {request.Operation!.Id} {reply.Status}/{twin.Status}", request.Shown, reply.Text + "\n--\n" + twin.Text);
    }

    /// <summary>Whether something of the other user is in what the attacker got and did not send.</summary>
    public bool Sees(byte[] sent, FuzzReply reply)
    {
        var headers = string.Concat(reply.Headers.Values);
        if (reply.Text.Contains(world.Mark, StringComparison.OrdinalIgnoreCase) || headers.Contains(world.Mark, StringComparison.OrdinalIgnoreCase)) return true;
        return (reply.Text.Contains(world.Foreign, StringComparison.OrdinalIgnoreCase) || headers.Contains(world.Foreign, StringComparison.OrdinalIgnoreCase))
            && !Encoding.Latin1.GetString(sent).Contains(world.Foreign, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsProper503(FuzzRequest request, FuzzReply reply) =>
        reply.Status == 503 && reply.Headers.ContainsKey("retry-after") && request.Operation?.Declares(503, reply.MediaType) == true;

    private static string Scrub(string text) => Id().Replace(text, "ID");

    [GeneratedRegex(@"\n?   at [\w.<>`]+\(|[a-z]Exception\b|\.cs:line \d|Microsoft\.(AspNetCore|Data|Azure)\.|System\.[A-Z]\w+\.")]
    private static partial Regex Trace();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\"traceId\":\"[^\"]*\"", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    private sealed class Finding(string request, string reply)
    {
        public int Times;

        public string Request { get; } = request;

        public string Reply { get; } = reply;
    }
}
