using System.Diagnostics;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Stats;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Benchmarks.Lists;

/// <summary>Fills a SQLite store and measures what reads it: each list, filter and search, a line of JSON with the 50th and 95th of a hundred times and the processor time of one.</summary>
internal static class ListBenchmark
{
    private const int Rounds = 100;
    private const int WarmUp = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var values, "--tickets")) return 2;
        var tickets = values[0] ?? 10_000;
        var folder = Directory.CreateTempSubdirectory("lists-");
        try
        {
            await using var file = new SqliteStoreFile(Path.Combine(folder.FullName, "tickets.db"));
            var world = new TicketWorld(tickets);
            var store = new SqliteTicketStore(file);
            var fill = await FillAsync(file, store, world);
            Print(new
            {
                what = "fill",
                tickets,
                seconds = Math.Round(fill.TotalSeconds, 1),
                megabytes = folder.EnumerateFiles().Sum(f => f.Length) / 1_000_000,
                processors = Environment.ProcessorCount,
            });
            foreach (var (name, query) in Queries(world))
            {
                await MeasureAsync(name, () => store.ListAsync(query, default));
                if ((await store.ListAsync(query, default)).Next is { } next)
                    await MeasureAsync(name + ", next page", () => store.ListAsync(query with { Cursor = next }, default));
            }

            var middle = (await store.ListAsync(new TicketQuery { CreatedTo = TicketWorld.Now.AddDays(-50), Limit = 1 }, default)).Items[0];
            await MeasureAsync("similar tickets", () => store.ListSimilarAsync(middle, 3, default));
            var stats = new TicketStats(store, new SqliteUserStore(file), new FixedTime());
            foreach (var days in new[] { 30, 90, 365 }) await MeasureAsync($"statistics of {days} days", () => stats.ReadAsync(days, default));
            await MeasureAsync("changes of the last hour", () => store.ListChangesAsync(TicketWorld.Now.AddHours(-1), null, 500, default));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, TicketQuery Query)> Queries(TicketWorld world)
    {
        var staff = new TicketQuery { Staff = true, Limit = 20 };
        var scopes = new (string Name, TicketQuery Query)[]
        {
            ("all", staff),
            ("requester", staff with { RequesterId = world.Requesters[1].Id, Staff = false }),
            ("busiest requester", staff with { RequesterId = world.Requesters[0].Id, Staff = false }),
            ("assignee", staff with { AssigneeId = world.Moderators[0].Id }),
            ("assignee, todo", staff with { AssigneeId = world.Moderators[0].Id, Status = TicketStatus.Todo }),
            ("nobody", staff with { Unassigned = true }),
            ("todo", staff with { Status = TicketStatus.Todo }),
            ("done", staff with { Status = TicketStatus.Done }),
            ("urgent", staff with { Priority = TicketPriority.Urgent }),
            ("billing", staff with { Type = TicketType.Billing }),
            ("fallback", staff with { Triage = TriageState.Fallback }),
            ("one day", staff with { CreatedFrom = TicketWorld.Now.AddDays(-60), CreatedTo = TicketWorld.Now.AddDays(-59) }),
            ("todo, low, bug, fallback", staff with { Status = TicketStatus.Todo, Priority = TicketPriority.Low, Type = TicketType.Bug, Triage = TriageState.Fallback }),
            ("nothing matches", staff with { Status = TicketStatus.Todo, CreatedTo = TicketWorld.Now.AddDays(-200) }),
            ("commonest word", staff with { Text = world.WordAt(0) }),
            ("common word", staff with { Text = world.WordAt(40) }),
            ("rare word", staff with { Text = world.WordAt(4_000) }),
            ("no word", staff with { Text = "nowhere" }),
            ("one letter", staff with { Text = world.WordAt(0)[..1] }),
            ("three words", staff with { Text = $"{world.WordAt(0)} {world.WordAt(40)} {world.WordAt(9)[..2]}" }),
            ("common word, todo, low", staff with { Text = world.WordAt(40), Status = TicketStatus.Todo, Priority = TicketPriority.Low }),
            ("busiest requester, common word", staff with { RequesterId = world.Requesters[0].Id, Staff = false, Text = world.WordAt(40) }),
        };
        foreach (var (name, query) in scopes)
        {
            foreach (var sort in Enum.GetValues<TicketSort>()) yield return ($"{name}, by {sort}".ToLowerInvariant(), query with { Sort = sort });
        }
    }

    private static TicketChange Worked(Ticket stored, Ticket wanted, TicketWorld world)
    {
        var comment = new TimelineEntry
        {
            Seq = stored.LastEntry + 1,
            At = wanted.UpdatedAt,
            Actor = TimelineActor.System,
            Kind = TimelineKind.Comment,
            Body = world.Text(10, 60),
            Internal = stored.Id.GetHashCode() % 4 == 0,
        };
        return new TicketChange(stored with
        {
            Status = wanted.Status,
            UpdatedAt = wanted.UpdatedAt,
            FirstResponseAt = wanted.UpdatedAt,
            ResolvedAt = wanted.Status == TicketStatus.Done ? wanted.UpdatedAt : null,
            LastEntry = comment.Seq,
        })
        {
            Entries = [comment],
        };
    }

    private static async Task<TimeSpan> FillAsync(SqliteStoreFile file, SqliteTicketStore store, TicketWorld world)
    {
        var users = new SqliteUserStore(file);
        foreach (var person in world.Moderators.Concat(world.Requesters)) await users.InsertIfAbsentAsync(person, default);
        var start = Stopwatch.GetTimestamp();
        foreach (var part in world.Tickets().Chunk(256))
        {
            await Task.WhenAll(part.Select(ticket => store.InsertIfAbsentAsync(ticket with { Status = TicketStatus.Todo }, default)));
            // As in life: given to somebody, answered, and mostly done.
            await Task.WhenAll(part.Where((_, i) => i % 50 != 0).Select(async ticket =>
            {
                await store.AssignAsync(new AssignmentRequest(ticket.Id, 1, [world.AnyModerator()], ticket.CreatedAt), default);
                await store.ChangeAsync(ticket.Id, stored => Worked(stored, ticket, world), default);
            }));
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task MeasureAsync<T>(string what, Func<Task<T>> run)
    {
        var times = new double[Rounds];
        var before = TimeSpan.Zero;
        for (var round = -WarmUp; round < Rounds; round++)
        {
            if (round == 0) before = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            await run();
            if (round >= 0) times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        // What a machine that others use makes of the times, it doesn't make of this.
        var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Rounds;
        Array.Sort(times);
        Print(new { what, p50Ms = Math.Round(times[Rounds / 2], 2), p95Ms = Math.Round(times[Rounds * 95 / 100], 2), meanCpuMs = Math.Round(cpu, 2) });
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TicketWorld.Now;
    }

    private static void Print<T>(T line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
