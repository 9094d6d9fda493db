using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>
/// One stream of server-sent events. Each has an id that says where to go on, a heartbeat too; ids grow. An event may come
/// again after a resumption, none is left out: who resumes too late for that gets <c>reset</c> and reads everything anew.
/// </summary>
internal sealed class EventStream(
    ChangeFeed feed, ITicketStore tickets, Authenticator authenticator, TimeProvider time, User user, Guid? ticketId, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(4), Heartbeat = TimeSpan.FromSeconds(20), Check = TimeSpan.FromSeconds(5),
        ChecksApart = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(10);

    // More than so many changes of all tickets together, and the list is read as quickly.
    private const int MostReplayed = 2_000;

    private const int MostRemembered = 1_000;

    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private readonly Dictionary<Guid, long> _sent = [];
    private readonly StringBuilder _text = new();
    private DateTimeOffset _checked = time.GetUtcNow();
    private long _ticks;
    private int _number;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A client that takes nothing must not hold it for longer.
        using var limit = new CancellationTokenSource(Lifetime + Grace, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping, limit.Token);
        try
        {
            await RunAsync(httpContext, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has left, or the app is about to; either way nothing more can be said.
        }
    }

    private async Task RunAsync(HttpContext http, CancellationToken end)
    {
        var own = user.OwnOnly();
        using var subscription = feed.Subscribe(stamp =>
            (ticketId is null || stamp.TicketId == ticketId) && (own is null || stamp.RequesterId == own));
        var response = http.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers["X-Accel-Buffering"] = "no";

        _text.Append("retry: 2000\n");
        Append("ready", "{}");
        await BeginAsync(own, http.Request, end);
        await SendAsync(response, end);

        var beat = time.GetUtcNow();
        var changes = subscription.Changes;
        Task<bool>? waiting = null;
        while (true)
        {
            if (waiting is null or { IsCompleted: true }) waiting = changes.WaitToReadAsync(end).AsTask();
            var more = await WaitAsync(waiting, Earliest(beat + Heartbeat, _checked + Check, _begun + Lifetime), end);
            var now = time.GetUtcNow();
            if (more == false || now >= _begun + Lifetime) return;
            if (now >= _checked + ChecksApart)
            {
                if (await IsWelcomeAsync(http.Request, end) is not { } welcome) continue; // nothing more is told until it is known
                if (!welcome) return;
                _checked = now;
            }

            while (changes.TryRead(out var stamp)) Append(stamp);
            if (now >= beat + Heartbeat) _text.Append(": heartbeat\n").Append(CultureInfo.InvariantCulture, $"id: {NextId(feed.Position)}\n\n");
            if (_text.Length == 0) continue;
            await SendAsync(response, end);
            beat = now;
        }
    }

    /// <summary>What the listener may have missed: subscribed already, so that nothing falls in between.</summary>
    private async Task BeginAsync(Guid? own, HttpRequest request, CancellationToken end)
    {
        if (ticketId is { } id)
        {
            // As it stands: whatever came before this, the listener knows now.
            if (await tickets.FindAsync(id, own, end) is { } ticket) Append(new TicketStamp(id, ticket.CreatedBy.Id, ticket.Version, ticket.UpdatedAt));
            return;
        }

        if (!request.Headers.ContainsKey("Last-Event-ID")) return;
        if (EventStreams.ResumeAt(request) is not { } from)
        {
            Append("reset", "{}");
            return;
        }

        _ticks = Math.Max(_ticks, from.UtcTicks);
        var since = from - TimeSpan.FromTicks(Math.Min(ChangeFeed.Overlap.Ticks, from.UtcTicks));
        var missed = await tickets.ListChangesAsync(since, null, MostReplayed + 1, end);
        if (missed.Count > MostReplayed) Append("reset", "{}");
        else foreach (var stamp in missed.Where(stamp => own is null || stamp.RequesterId == own)) Append(stamp);
    }

    /// <summary>True: something is there; false: nothing more will come; null: it is time.</summary>
    private async Task<bool?> WaitAsync(Task<bool> reading, DateTimeOffset until, CancellationToken end)
    {
        try
        {
            var left = until - time.GetUtcNow();
            return await reading.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), time, end);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Whether the token still is one; null while the store can't say.</summary>
    private async Task<bool?> IsWelcomeAsync(HttpRequest request, CancellationToken end)
    {
        try
        {
            return (await authenticator.FindUserAsync(request, end))?.Role == user.Role;
        }
        catch (StoreUnavailableException)
        {
            await Task.Delay(ChecksApart, time, end);
            return null;
        }
    }

    private void Append(TicketStamp stamp)
    {
        if (_sent.TryGetValue(stamp.TicketId, out var version) && version >= stamp.Version) return;
        if (_sent.Count >= MostRemembered) _sent.Clear();
        _sent[stamp.TicketId] = stamp.Version;
        Append("ticket", JsonSerializer.Serialize(TicketEvent.Of(stamp), HttpJson.Replies));
    }

    private void Append(string name, string data) =>
        _text.Append(CultureInfo.InvariantCulture, $"event: {name}\nid: {NextId(feed.Position)}\ndata: {data}\n\n");

    private string NextId(DateTimeOffset position)
    {
        _ticks = Math.Max(_ticks, position.UtcTicks);
        return string.Create(CultureInfo.InvariantCulture, $"{_ticks}-{++_number}");
    }

    private async Task SendAsync(HttpResponse response, CancellationToken end)
    {
        var text = _text.ToString();
        _text.Clear();
        await response.WriteAsync(text, end);
        await response.Body.FlushAsync(end);
    }

    private static DateTimeOffset Earliest(params ReadOnlySpan<DateTimeOffset> times)
    {
        var earliest = times[0];
        foreach (var other in times) earliest = other < earliest ? other : earliest;
        return earliest;
    }
}
