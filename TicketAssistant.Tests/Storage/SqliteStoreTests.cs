using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TempFolder _folder = new();
    private SqliteStoreFile _file = null!;

    private string Path => _folder.File("tickets.db");

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        var before = await TicketAsync(ticket);

        await _file.DisposeAsync();
        _file = new SqliteStoreFile(Path);

        Assert.Equivalent(before, await new SqliteTicketStore(_file).FindAsync(ticket.Id, null, Cancel), strict: true);
        Assert.Equal(1, (await new SqliteUserStore(_file).FindAsync(mod.Id, Cancel))!.OpenTickets);
        Assert.Equal(1, await new SqliteUserStore(_file).GetDirectoryVersionAsync(Cancel));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_name()
    {
        await _file.DisposeAsync();
        using (var connection = Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<SettingException>(() => new SqliteStoreFile(Path));

        Assert.Contains("schema version 99", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_by_name()
    {
        var path = _folder.File("other.db");
        await File.WriteAllTextAsync(path, new string('x', 5000), Cancel);

        Assert.Contains(path, Assert.Throws<SettingException>(() => new SqliteStoreFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_an_unavailable_store_until_there_is_room_again()
    {
        await _file.WriteAsync(s => { s.Run("PRAGMA max_page_count=1"); return 0; }, Cancel); // SQLite takes the present size
        var large = NewTicket() with { Description = new string('x', 200_000) };

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Tickets.InsertIfAbsentAsync(large, Cancel));
        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.Null(await Tickets.FindAsync(large.Id, null, Cancel));

        await _file.WriteAsync(s => { s.Run("PRAGMA max_page_count=100000"); return 0; }, Cancel);
        Assert.True(await Tickets.InsertIfAbsentAsync(large, Cancel));
    }

    [Fact]
    public async Task A_locked_file_is_an_unavailable_store_to_all_who_wait_and_readable_meanwhile()
    {
        var ticket = await AddTicketAsync();
        using var other = Connect();
        using (var transaction = other.BeginTransaction(deferred: false))
        {
            // The lock is waited for once (5 s), not once for each of the writes that wait together.
            var writes = Enumerable.Range(0, 20).Select(_ => Tickets.InsertIfAbsentAsync(NewTicket(), Cancel)).ToArray();
            foreach (var write in writes)
            {
                var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
                Assert.Contains("locked", failure.Message, StringComparison.Ordinal);
            }

            Assert.NotNull(await Tickets.FindAsync(ticket.Id, null, Cancel));
        }

        await AddTicketAsync();
    }

    [Fact]
    public async Task A_closed_store_is_unavailable()
    {
        await _file.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Tickets.InsertIfAbsentAsync(NewTicket(), Cancel));
    }

    [Theory]
    [InlineData("requester", "ticket_requester")]
    [InlineData("requester and status", "ticket_requester")]
    [InlineData("assignee", "ticket_assignee")]
    [InlineData("unassigned", "ticket_assignee")]
    [InlineData("status", "ticket_status")]
    [InlineData("unconfirmed", "ticket_unconfirmed")]
    [InlineData("all", "ticket_newest")]
    public async Task Each_list_walks_an_index_in_its_order(string list, string index)
    {
        var query = list switch
        {
            "requester" => new TicketQuery { RequesterId = Guid.NewGuid() },
            "requester and status" => new TicketQuery { RequesterId = Guid.NewGuid(), Status = TicketStatus.Todo },
            "assignee" => new TicketQuery { AssigneeId = Guid.NewGuid() },
            "unassigned" => new TicketQuery { Unassigned = true },
            "unconfirmed" => new TicketQuery { Triage = TriageState.AwaitingConfirmation },
            "status" => new TicketQuery { Status = TicketStatus.Done },
            _ => new TicketQuery { Priority = TicketPriority.Low },
        };
        var cursor = PageCursor.OfTicket(Now, Guid.NewGuid());

        foreach (var clauses in new[] { new SqliteTicketList(query), new SqliteTicketList(query with { Cursor = cursor }) })
        {
            var plan = await PlanAsync($"SELECT * FROM ticket {clauses.Clauses}", clauses.Arguments);
            Assert.Contains($"USING INDEX {index}", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("B-TREE", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_waiting_tickets_have_an_index_in_their_order()
    {
        var plan = await PlanAsync($"SELECT * FROM {SqliteSchema.WaitingInOrder} LIMIT 5");

        Assert.Contains("USING INDEX ticket_waiting", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("B-TREE", plan, StringComparison.Ordinal);
    }

    protected override Task<Stores> OpenAsync()
    {
        _file = new SqliteStoreFile(Path);
        return Task.FromResult(new Stores(new SqliteUserStore(_file), new SqliteTicketStore(_file), new SqliteMailLedger(_file)));
    }

    protected override async ValueTask CloseAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private async Task<string> PlanAsync(string sql, params object?[] arguments) => string.Join('\n', await _file.ReadAsync(
        s => s.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), arguments), Cancel));
}
