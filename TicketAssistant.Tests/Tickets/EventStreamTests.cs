using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Events;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Tickets;

public sealed class EventStreamTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly TempFolder _folder = new();
    private readonly SqliteStoreFile _file;
    private readonly SqliteTicketStore _tickets;
    private readonly SqliteUserStore _users;
    private readonly Tokens _tokens;
    private readonly ChangeFeed _feed;

    public EventStreamTests()
    {
        var signal = new StoreSignal();
        _file = new SqliteStoreFile(_folder.File("tickets.db"), signal);
        _tickets = new SqliteTicketStore(_file);
        _users = new SqliteUserStore(_file);
        _tokens = new Tokens(new JwtOptions(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1)), _time);
        _feed = new ChangeFeed(_tickets, signal, _time, NullLogger<ChangeFeed>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_of_each_change_with_growing_ids()
    {
        var admin = await AddUserAsync(Role.Admin);
        await using var stream = Listen(admin);
        Assert.Equal("ready", (await stream.NextAsync()).Name);

        var ticket = await AddTicketAsync();
        var created = await stream.NextAsync();
        await _tickets.UpdateAsync(ticket with { UpdatedAt = _time.GetUtcNow() }, Cancel);
        var changed = await stream.NextAsync();

        Assert.Equal(("ticket", "created", 1), (created.Name, created.Data.GetProperty("kind").GetString(), created.Data.GetProperty("version").GetInt32()));
        Assert.Equal(("changed", 2), (changed.Data.GetProperty("kind").GetString(), changed.Data.GetProperty("version").GetInt32()));
        Assert.Equal(ticket.Id, changed.Data.GetProperty("ticketId").GetGuid());
        Assert.Equal(3, created.Data.EnumerateObject().Count());
        Assert.True(Number(created.Id).CompareTo(Number(changed.Id)) < 0, $"{created.Id} {changed.Id}");
    }

    [Fact]
    public async Task A_user_hears_of_their_own_tickets_only()
    {
        var ann = await AddUserAsync(Role.User);
        await using var stream = Listen(ann);
        await stream.NextAsync();

        await AddTicketAsync();
        var own = await AddTicketAsync(ann);

        Assert.Equal(own.Id, (await stream.NextAsync()).Data.GetProperty("ticketId").GetGuid());
    }

    [Fact]
    public async Task A_ticket_s_stream_begins_with_how_it_stands_and_tells_of_no_other()
    {
        var ann = await AddUserAsync(Role.User);
        var ticket = await AddTicketAsync(ann);
        await using var stream = Listen(ann, ticket.Id);
        Assert.Equal("ready", (await stream.NextAsync()).Name);
        Assert.Equal(1, (await stream.NextAsync()).Data.GetProperty("version").GetInt32());

        await AddTicketAsync(ann);
        await _tickets.UpdateAsync(ticket with { UpdatedAt = _time.GetUtcNow() }, Cancel);

        var changed = await stream.NextAsync();
        Assert.Equal((ticket.Id, 2), (changed.Data.GetProperty("ticketId").GetGuid(), changed.Data.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_change_that_is_stored_late_is_told_though_its_time_has_passed()
    {
        await using var stream = Listen(await AddUserAsync(Role.Admin));
        await stream.NextAsync();
        await AddTicketAsync();
        await stream.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        var late = await AddTicketAsync(updatedAt: _time.GetUtcNow() - TimeSpan.FromSeconds(5));

        Assert.Equal(late.Id, (await stream.NextAsync()).Data.GetProperty("ticketId").GetGuid());
    }

    [Fact]
    public async Task Who_resumes_hears_what_they_missed()
    {
        var admin = await AddUserAsync(Role.Admin);
        string last;
        await using (var stream = Listen(admin))
        {
            last = (await stream.NextAsync()).Id;
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        var missed = await AddTicketAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        await using var resumed = Listen(admin, lastEventId: last);

        Assert.Equal("ready", (await resumed.NextAsync()).Name);
        var told = await resumed.NextAsync();
        Assert.Equal(missed.Id, told.Data.GetProperty("ticketId").GetGuid());
        Assert.True(Number(last).CompareTo(Number(told.Id)) < 0, $"{last} {told.Id}");
    }

    [Theory]
    [InlineData("what")]
    [InlineData("-1-2")]
    [InlineData("99999999999999999999-1")]
    public async Task Who_resumes_from_nowhere_is_told_to_read_everything(string last)
    {
        await using var stream = Listen(await AddUserAsync(Role.Admin), lastEventId: last);

        Assert.Equal("ready", (await stream.NextAsync()).Name);
        Assert.Equal("reset", (await stream.NextAsync()).Name);
    }

    [Fact]
    public async Task Who_missed_too_much_is_told_to_read_everything()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_001).Select(_ => AddTicketAsync()));
        await using var stream = Listen(await AddUserAsync(Role.Admin), lastEventId: $"{Start.UtcTicks}-1");

        await stream.NextAsync();
        Assert.Equal("reset", (await stream.NextAsync()).Name);
    }

    [Fact]
    public async Task It_beats_every_20_seconds_and_ends_after_four_minutes()
    {
        await using var stream = Listen(await AddUserAsync(Role.Admin));
        var last = (await stream.NextAsync()).Id;
        var beats = new List<double>();
        while (await stream.NextOrEndAsync() is { } beat)
        {
            Assert.Equal("heartbeat", beat.Name);
            Assert.True(Number(last).CompareTo(Number(beat.Id)) < 0, $"{last} {beat.Id}");
            last = beat.Id;
            beats.Add((_time.GetUtcNow() - Start).TotalSeconds);
        }

        Assert.InRange(beats.Count, 10, 12);
        Assert.InRange(beats[0], 20, 23);
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, 240, 245);
    }

    [Fact]
    public async Task It_ends_when_the_token_dies()
    {
        var ann = await AddUserAsync(Role.User);
        await using var stream = Listen(ann);
        await stream.NextAsync();

        await _users.UpdateAsync(ann with { TokenVersion = ann.TokenVersion + 1 }, Cancel);

        Assert.Null(await stream.NextOrEndAsync());
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, 0, 7);
    }

    [Fact]
    public async Task Nothing_more_is_told_to_a_dead_token()
    {
        var ann = await AddUserAsync(Role.User);
        await using var stream = Listen(ann);
        await stream.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        await _users.UpdateAsync(ann with { TokenVersion = ann.TokenVersion + 1 }, Cancel);
        await AddTicketAsync(ann);

        Assert.Null(await stream.NextOrEndAsync());
    }

    [Fact]
    public async Task Who_is_too_slow_is_let_go_and_costs_no_memory()
    {
        using var slow = _feed.Subscribe(_ => true);
        for (var i = 0; i < 300; i++) await AddTicketAsync();
        for (var i = 0; i < 500 && !slow.Changes.Completion.IsCompleted && slow.Changes.Count < 256; i++) await PassAsync();
        await PassAsync();

        Assert.Equal(256, slow.Changes.Count);
        while (slow.Changes.TryRead(out _))
        {
        }

        Assert.False(await slow.Changes.WaitToReadAsync(Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private static (long, int) Number(string id) =>
        (long.Parse(id.Split('-')[0], CultureInfo.InvariantCulture), int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture));

    /// <summary>A tenth of a second of the app's time, and some of the machine's for what it sets going.</summary>
    private async Task PassAsync()
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Task.Delay(2, Cancel);
    }

    private async Task<User> AddUserAsync(Role role)
    {
        var user = new User { Id = Guid.CreateVersion7(), Email = $"{Guid.NewGuid():N}@example.org", Name = "n", PasswordHash = "x", Role = role, CreatedAt = Start };
        Assert.True(await _users.InsertIfAbsentAsync(user, Cancel));
        return user;
    }

    private async Task<Ticket> AddTicketAsync(User? requester = null, DateTimeOffset? updatedAt = null)
    {
        var now = updatedAt ?? _time.GetUtcNow();
        var ticket = new Ticket
        {
            Id = Guid.CreateVersion7(),
            Title = "t",
            Description = "d",
            CreatedBy = new PersonRef(requester?.Id ?? Guid.NewGuid(), "r@example.org", "R"),
            CreatedAt = now,
            UpdatedAt = now,
        };
        Assert.True(await _tickets.InsertIfAbsentAsync(ticket, Cancel));
        return ticket;
    }

    private Listener Listen(User user, Guid? ticketId = null, string? lastEventId = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = $"Bearer {_tokens.Issue(user).Token}";
        if (lastEventId is not null) http.Request.Headers["Last-Event-ID"] = lastEventId;
        return new Listener(this, http, new EventStream(_feed, _tickets, new Authenticator(_tokens, _users), _time, user, ticketId, CancellationToken.None));
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly EventStreamTests _tests;
        private readonly CancellationTokenSource _aborted = new();
        private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
        private readonly EventReader _events;
        private readonly Task _running;

        public Listener(EventStreamTests tests, DefaultHttpContext http, EventStream stream)
        {
            _tests = tests;
            http.RequestAborted = _aborted.Token;
            http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_pipe.Writer.AsStream()));
            _events = new EventReader(_pipe.Reader.AsStream());
            _running = Task.Run(async () =>
            {
                await stream.ExecuteAsync(http);
                await _pipe.Writer.CompleteAsync();
            });
        }

        public async Task<(string Name, string Id, JsonElement Data)> NextAsync() =>
            await NextOrEndAsync() ?? throw new InvalidOperationException("The stream has ended.");

        /// <summary>Lets time pass until something comes.</summary>
        public async Task<(string Name, string Id, JsonElement Data)?> NextOrEndAsync()
        {
            var next = _events.NextAsync(Cancel);
            for (var i = 0; i < 5_000 && !next.IsCompleted; i++) await _tests.PassAsync();
            return await next.WaitAsync(TimeSpan.FromSeconds(1), Cancel);
        }

        public async ValueTask DisposeAsync()
        {
            await _aborted.CancelAsync();
            await _running;
            _events.Dispose();
            _aborted.Dispose();
        }
    }
}
