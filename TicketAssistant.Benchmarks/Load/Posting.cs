using System.Diagnostics;
using System.Globalization;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>Posts tickets over a number of connections, each as fast as the answers come; every ticket has its own number.</summary>
internal sealed class Posting(LoadClient client, Team team)
{
    private int _next = -1;

    /// <summary>Until the time is over or so many tickets have been tried; returns how many were accepted.</summary>
    public async Task<int> RunAsync(int connections, TimeSpan time, int tickets = int.MaxValue)
    {
        var (last, accepted) = (tickets == int.MaxValue ? tickets : _next + tickets, 0);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < time)
            {
                var number = Interlocked.Increment(ref _next);
                if (number > last) return;
                if ((await PostAsync(number))?.Status == 201) Interlocked.Increment(ref accepted);
            }
        })));
        return accepted;
    }

    /// <summary>Posts the next ticket, due at <paramref name="since"/>.</summary>
    public Task<LoadReply?> PostNextAsync(long since) => PostAsync(Interlocked.Increment(ref _next), since);

    private Task<LoadReply?> PostAsync(int number, long? since = null) => client.SendAsync(
        "POST /api/tickets", HttpMethod.Post, "/api/tickets", team.Requesters[number % team.Requesters.Count],
        LoadBody.Of(Team.Ticket(number)), string.Create(CultureInfo.InvariantCulture, $"load-{number}"), since);
}
