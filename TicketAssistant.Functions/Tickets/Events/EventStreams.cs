using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>Opens streams of server-sent events, a bounded number for each user and for the process.</summary>
public sealed class EventStreams
{
    private const int MostOfUser = 6;
    private const int MostOfProcess = 500;

    private readonly Dictionary<Guid, int> _open = [];
    private readonly ChangeFeed _feed;
    private readonly ITicketStore _tickets;
    private readonly Authenticator _authenticator;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;

    internal EventStreams(ChangeFeed feed, ITicketStore tickets, Authenticator authenticator, IHostApplicationLifetime lifetime, TimeProvider time) =>
        (_feed, _tickets, _authenticator, _lifetime, _time) = (feed, tickets, authenticator, lifetime, time);

    /// <summary>Where a stream that was broken off goes on: what Last-Event-ID says; null at the beginning, or where it says nothing that can be understood.</summary>
    internal static DateTimeOffset? ResumeAt(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString();
        return long.TryParse(text.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
    }

    /// <summary>A stream of the changes of one ticket, or of all that the caller may see. It answers 429 or 503 where too many are open.</summary>
    internal IResult Open(HttpRequest request, Guid? ticketId)
    {
        var user = request.CurrentUser();
        return new Counted(this, user.Id, new EventStream(_feed, _tickets, _authenticator, _time, user, ticketId, _lifetime.ApplicationStopping));
    }

    private void Enter(Guid userId)
    {
        lock (_open)
        {
            var own = _open.GetValueOrDefault(userId);
            if (own >= MostOfUser)
                throw new ProblemException(429, "Too many streams", $"You have {MostOfUser} streams of events open already; close one first.", retryAfterSeconds: 10);
            if (_open.Values.Sum() >= MostOfProcess)
                throw new ProblemException(503, "Try again soon", "Too many streams of events are open just now.", retryAfterSeconds: 10);
            _open[userId] = own + 1;
        }
    }

    private void Leave(Guid userId)
    {
        lock (_open)
        {
            if (--_open[userId] == 0) _open.Remove(userId);
        }
    }

    private sealed class Counted(EventStreams streams, Guid userId, EventStream stream) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            streams.Enter(userId);
            try
            {
                await stream.ExecuteAsync(httpContext);
            }
            finally
            {
                streams.Leave(userId);
            }
        }
    }
}
