using System.Collections.Concurrent;
using System.Text.Json;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// What a desk does all day, one request at a time: of a hundred, 35 lists, 30 tickets read, 15 posted, 10 comments, 5 timelines,
/// 5 changes of status.
/// </summary>
internal sealed class Mix(LoadClient client, Team team, Posting posting)
{
    private static readonly string[] s_lists =
        ["", "?status=TODO", "?priority=high", "?type=bug", "?assignee=none", "?assignee=all", "?assignee=all&status=DONE", "?assignee=all&q=invoice"];

    private readonly Ring _tickets = new(4096);
    private readonly ConcurrentQueue<string> _open = new();

    /// <summary>
    /// How many tickets of this mix stay open: for each one more, the oldest is closed, on top of the mix. Null: they become ever more.
    /// </summary>
    public int? MostOpen { get; init; }

    /// <summary>Sends the request that a number stands for, due at <paramref name="since"/>.</summary>
    public async Task SendAsync(Random random, long since)
    {
        var requester = team.Requesters[random.Next(team.Requesters.Count)];
        var moderator = team.Moderators[random.Next(team.Moderators.Count)];
        var ticket = _tickets.Pick(random);
        switch (random.Next(100))
        {
            case < 20:
                await client.SendAsync("GET /api/tickets (staff)", HttpMethod.Get, "/api/tickets" + s_lists[random.Next(s_lists.Length)], moderator, since: since);
                break;
            case < 35:
                await client.SendAsync("GET /api/tickets (own)", HttpMethod.Get, "/api/tickets" + s_lists[random.Next(4)], requester, since: since);
                break;
            case < 50:
            case var _ when ticket is null:
                if (await posting.PostNextAsync(since) is { IsSuccess: true } posted) await AddAsync(posted.Json.GetProperty("ticket").GetProperty("id").GetString()!);
                break;
            case < 80:
                await client.SendAsync("GET /api/tickets/{id}", HttpMethod.Get, "/api/tickets/" + ticket, moderator, since: since);
                break;
            case < 90:
                await client.SendAsync("POST comments", HttpMethod.Post, $"/api/tickets/{ticket}/comments", moderator,
                    LoadBody.Of(new { body = "We are looking at it; does it still happen after a restart?" }), since: since);
                break;
            case < 95:
                await client.SendAsync("GET timeline", HttpMethod.Get, $"/api/tickets/{ticket}/timeline", moderator, since: since);
                break;
            default:
                await ChangeAsync(ticket, since);
                break;
        }
    }

    private Task AddAsync(string ticket)
    {
        _tickets.Add(ticket);
        return KeepAsync(ticket);
    }

    /// <summary>This one is open; the one that has been for longest may be one too many.</summary>
    private async Task KeepAsync(string ticket)
    {
        if (MostOpen is not { } most) return;
        _open.Enqueue(ticket);
        if (_open.Count > most && _open.TryDequeue(out var oldest)) await ChangeAsync(oldest, since: null, to: "DONE");
    }

    /// <summary>As an admin: reads the ticket and moves it on. Somebody else may have been faster: a 409 is an answer, too.</summary>
    private async Task ChangeAsync(string ticket, long? since, string? to = null)
    {
        if (await client.SendAsync("GET /api/tickets/{id}", HttpMethod.Get, "/api/tickets/" + ticket, team.Admin, since: since) is not { IsSuccess: true } read) return;
        var now = read.Json.GetProperty("ticket");
        var before = now.GetProperty("status").GetString();
        if (before == to) return;
        var status = to ?? (before == "DONE" ? "TODO" : "DONE");
        await client.SendAsync("PATCH /api/tickets/{id}", HttpMethod.Patch, "/api/tickets/" + ticket, team.Admin,
            LoadBody.Of(new { status, version = now.GetProperty("version").GetInt64() }), isExpected: s => s is 200 or 409);
        if (status == "TODO") await KeepAsync(ticket);
    }

    /// <summary>The last tickets posted.</summary>
    private sealed class Ring(int size)
    {
        private readonly string?[] _ids = new string?[size];
        private int _count;

        public void Add(string id) => _ids[(Interlocked.Increment(ref _count) - 1) % size] = id;

        public string? Pick(Random random) => _count == 0 ? null : _ids[random.Next(Math.Min(_count, size))];
    }
}
