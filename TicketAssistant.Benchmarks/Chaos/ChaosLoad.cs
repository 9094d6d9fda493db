using System.Globalization;
using System.Text.Json;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>
/// What the people do meanwhile: post, comment, give on, give back, close, reopen, triage again, go away and come back. They know
/// nothing of faults; who needs an answer repeats what may be repeated, and nothing else.
/// </summary>
internal sealed class ChaosLoad(ChaosClient client, ChaosPeople people, Promises promises, int seed)
{
    private static readonly string[] s_lists = ["?assignee=all", "?assignee=all&status=DONE", "?assignee=all&q=invoice", "?assignee=none"];

    private readonly List<Guid> _tickets = [];

    /// <summary>Until cancelled; then everybody is there again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Func<Random, Task>[] jobs =
        [
            .. Enumerable.Repeat<Func<Random, Task>>(r => PostAsync(r, isCareful: true, stop), 3),
            r => PostAsync(r, isCareful: false, stop),
            r => CommentAsync(r, people.Moderators),
            r => CommentAsync(r, people.Requesters),
            .. Enumerable.Repeat<Func<Random, Task>>(ChangeAsync, 3),
            FinishOwnAsync,
            RetriageAsync,
            LookAsync,
            GoAwayAsync,
        ];
        await Task.WhenAll(jobs.Select((job, number) => Task.Run(async () =>
        {
            var random = new Random(seed + number);
            while (!stop.IsCancellationRequested)
            {
                await job(random);
                await Task.Delay(random.Next(20, 250), CancellationToken.None);
            }
        }, CancellationToken.None)));
    }

    /// <summary>Nobody stays away. For the end, when the app is well again.</summary>
    public async Task ComeBackAsync()
    {
        foreach (var person in people.Moderators) await client.Plain.MustAsync(HttpMethod.Patch, "/api/auth/me", person.Token, new { away = false });
    }

    /// <summary>A careful client repeats until it has an answer, under the same key; a careless one has no key and tries once.</summary>
    private async Task PostAsync(Random random, bool isCareful, CancellationToken stop)
    {
        var number = promises.NextPost();
        var requester = people.Requesters[random.Next(people.Requesters.Count)];
        var body = JsonSerializer.Deserialize<JsonElement>(Team.Ticket(number));
        var key = isCareful ? string.Create(CultureInfo.InvariantCulture, $"chaos-{number}") : null;
        do
        {
            if (await client.SendAsync("POST tickets", HttpMethod.Post, "/api/tickets", requester.Token, body, key) is { IsSuccess: true } reply)
            {
                var id = reply.Json.GetProperty("ticket").GetProperty("id").GetGuid();
                promises.Accepted[id] = body.GetProperty("title").GetString()!;
                lock (_tickets) _tickets.Add(id);
                return;
            }

            await Task.Delay(100, CancellationToken.None);
        }
        while (isCareful && !stop.IsCancellationRequested);
    }

    private async Task CommentAsync(Random random, IReadOnlyList<Person> authors)
    {
        if (Pick(random) is { } ticket) await CommentAsync(ticket, authors[random.Next(authors.Count)]);
    }

    private async Task CommentAsync(Guid ticket, Person author)
    {
        var body = $"Comment {Guid.NewGuid()}";
        promises.Comments[body] = (ticket, false);
        var reply = await client.SendAsync("POST comments", HttpMethod.Post, $"/api/tickets/{ticket}/comments", author.Token, new { body });
        // A requester who is not this ticket's does not see it: 404, and nothing promised.
        if (reply is { IsSuccess: true }) promises.Comments[body] = (ticket, true);
        else if (reply is { Status: >= 400 and < 500 }) promises.Comments.TryRemove(body, out _);
    }

    /// <summary>One change on what the ticket is now; somebody else may be faster (409).</summary>
    private async Task ChangeAsync(Random random)
    {
        if (Pick(random) is not { } id) return;
        if (await ReadAsync(id) is not { } ticket) return;
        var version = ticket.GetProperty("version").GetInt64();
        var isDone = ticket.GetProperty("status").GetString() == "DONE";
        var actor = random.Next(3) == 0 ? people.Moderators[random.Next(people.Moderators.Count)] : people.Admin;
        var to = people.Moderators[random.Next(people.Moderators.Count)].Id;
        object change = (random.Next(5), isDone) switch
        {
            (0 or 1, false) => new { version, status = "DONE" },
            (0 or 1, true) => new { version, status = "TODO" },
            (2, false) => new { version, assignedTo = (Guid?)null },
            (3, false) when actor != people.Admin => new { version, assignedTo = "me" },
            (_, true) => new { version, status = "TODO", assignedTo = to },
            _ => new { version, assignedTo = to, priority = "high" },
        };
        await ChangeAsync(id, actor, change);
    }

    private async Task ChangeAsync(Guid id, Person actor, object change)
    {
        if (await client.SendAsync("PATCH ticket", HttpMethod.Patch, $"/api/tickets/{id}", actor.Token, change) is { IsSuccess: true } reply)
            promises.Saw(id, reply.Json.GetProperty("ticket").GetProperty("version").GetInt64());
    }

    private async Task<JsonElement?> ReadAsync(Guid id) =>
        await client.SendAsync("GET ticket", HttpMethod.Get, $"/api/tickets/{id}", people.Admin.Token) is { IsSuccess: true } read ? read.Json.GetProperty("ticket") : null;

    /// <summary>The admin closes one of the admin's own, opens it again and closes it, of which nobody has to be told; then its requester answers.</summary>
    private async Task FinishOwnAsync(Random random)
    {
        await Task.Delay(1000);
        if (await client.SendAsync("GET tickets", HttpMethod.Get, "/api/tickets?assignee=me&limit=100", people.Admin.Token) is not { IsSuccess: true } list) return;
        var own = list.Json.GetProperty("tickets").EnumerateArray().ToList();
        if (own.Count == 0) return;
        var chosen = own[random.Next(own.Count)];
        var id = chosen.GetProperty("id").GetGuid();
        var requester = chosen.GetProperty("createdBy").GetProperty("id").GetGuid();
        foreach (var status in (string[])["DONE", "TODO", "DONE"])
        {
            if (await ReadAsync(id) is not { } ticket) return;
            await ChangeAsync(id, people.Admin, new { version = ticket.GetProperty("version").GetInt64(), status });
        }

        await CommentAsync(id, people.Requesters.Single(person => person.Id == requester));
    }

    private async Task RetriageAsync(Random random)
    {
        await Task.Delay(500);
        if (Pick(random) is { } id) await client.SendAsync("POST triage", HttpMethod.Post, $"/api/tickets/{id}/triage", people.Admin.Token);
    }

    private async Task LookAsync(Random random)
    {
        var person = people.Moderators[random.Next(people.Moderators.Count)];
        await client.SendAsync("GET tickets", HttpMethod.Get, "/api/tickets" + s_lists[random.Next(s_lists.Length)], person.Token);
        if (Pick(random) is { } id) await client.SendAsync("GET timeline", HttpMethod.Get, $"/api/tickets/{id}/timeline", person.Token);
    }

    private async Task GoAwayAsync(Random random)
    {
        var person = people.Moderators[random.Next(people.Moderators.Count)];
        foreach (var away in (bool[])[true, false])
        {
            await client.SendAsync("PATCH me", HttpMethod.Patch, "/api/auth/me", person.Token, new { away });
            await Task.Delay(random.Next(300, 1500));
        }
    }

    /// <summary>Rather one of the last ones: there most is going on.</summary>
    private Guid? Pick(Random random)
    {
        lock (_tickets)
        {
            if (_tickets.Count == 0) return null;
            return random.Next(3) == 0 ? _tickets[random.Next(_tickets.Count)] : _tickets[^(1 + random.Next(Math.Min(40, _tickets.Count)))];
        }
    }
}
