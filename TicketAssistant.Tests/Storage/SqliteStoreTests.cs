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

    public static TheoryData<string, TicketSort, string, bool> Plans
    {
        get
        {
            var plans = new TheoryData<string, TicketSort, string, bool>();
            foreach (var sort in Enum.GetValues<TicketSort>())
            {
                // The tickets of one person, or in a rare state, are few: only their keys are sorted, out of the index itself.
                var sorts = sort is TicketSort.Updated or TicketSort.Priority;
                foreach (var scope in new[] { "requester", "assignee", "none", "triage" })
                {
                    plans.Add(scope, sort, scope == "none" ? "ticket_by_assignee" : $"ticket_by_{scope}", sorts);
                }

                var order = sort switch { TicketSort.Updated => "updated", TicketSort.Priority => "priority", _ => "created" };
                foreach (var filter in new[] { "all", "type", "priority", "triaged", "created" }) plans.Add(filter, sort, $"ticket_by_{order}", false);
                plans.Add("status", sort, order == "created" ? "ticket_by_status" : $"ticket_by_{order}", false);
            }

            return plans;
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Each_list_is_served_by_its_index_alone(string filter, TicketSort sort, string index, bool sortsKeys)
    {
        var query = filter switch
        {
            "requester" => new TicketQuery { RequesterId = Guid.NewGuid(), Status = TicketStatus.Todo },
            "assignee" => new TicketQuery { AssigneeId = Guid.NewGuid(), Status = TicketStatus.Todo },
            "none" => new TicketQuery { Unassigned = true },
            "status" => new TicketQuery { Status = TicketStatus.Done },
            "type" => new TicketQuery { Type = TicketType.Billing },
            "priority" => new TicketQuery { Priority = TicketPriority.High },
            "triage" => new TicketQuery { Triage = TriageState.AwaitingConfirmation },
            "triaged" => new TicketQuery { Triage = TriageState.Succeeded },
            "created" => new TicketQuery { CreatedFrom = Now, CreatedTo = Now },
            _ => new TicketQuery(),
        } with
        { Sort = sort };

        foreach (var cursor in new[] { null, PageCursor.OfTicket(sort, NewTicket()) })
        {
            var plan = await ListPlanAsync(query with { Cursor = cursor });
            Assert.Contains($"USING COVERING INDEX {index}", plan, StringComparison.Ordinal);
            Assert.Equal(sortsKeys, plan.Contains("B-TREE", StringComparison.Ordinal));
            var beginsSomewhere = filter is "requester" or "assignee" or "none" or "triage" || index == "ticket_by_status" || cursor is not null;
            Assert.Contains($"{(beginsSomewhere ? "SEARCH" : "")} ticket USING COVERING INDEX {index}", plan.Replace("SCAN", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rare_words_are_looked_up_and_frequent_ones_are_met_on_the_walk()
    {
        var query = new TicketQuery { Text = "printer", Staff = true };
        await AddTicketAsync(NewTicket("printer"));

        Assert.Contains("VIRTUAL TABLE INDEX", await ListPlanAsync(query), StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => AddTicketAsync(NewTicket("printer", Now.AddSeconds(i)))));
        var plan = await ListPlanAsync(query);

        Assert.Contains("USING COVERING INDEX ticket_by_created", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("B-TREE", plan, StringComparison.Ordinal);
        Assert.Equal(Now.AddSeconds(399), (await Tickets.ListAsync(query, Cancel)).Items[0].CreatedAt);
    }

    [Fact]
    public async Task The_text_index_survives_what_a_database_tool_may_do_and_an_import_over_what_is_there()
    {
        var tickets = new[] { await AddTicketAsync(NewTicket("one")), await AddTicketAsync(NewTicket("two")), await AddTicketAsync(NewTicket("three")) };
        await new SqliteTransfer(_file).WriteAsync([new() { Ticket = tickets[0] with { Title = "uno" } }], Cancel);
        await _file.WriteAsync(s => s.Execute("DELETE FROM ticket WHERE id = ?1", tickets[1].Id.ToString("D")), Cancel);
        await _file.DisposeAsync();
        using (var connection = Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM";
            command.ExecuteNonQuery();
        }

        _file = new SqliteStoreFile(Path);

        Assert.Equal(["three", "uno"], await FindAsync(""));
        Assert.Equal(["uno"], await FindAsync("uno"));
        Assert.Equal(["three"], await FindAsync("three"));
        Assert.Empty(await FindAsync("one"));
        Assert.Empty(await FindAsync("two"));

        async Task<IEnumerable<string>> FindAsync(string text) =>
            (await new SqliteTicketStore(_file).ListAsync(new TicketQuery { Text = text }, Cancel)).Items.Select(t => t.Title).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_text_of_a_file_without_an_index_is_indexed_when_it_is_opened()
    {
        await AddTicketAsync(NewTicket("printer"));
        await _file.WriteAsync(s => { s.Run("DROP TABLE ticket_words"); return 0; }, Cancel);
        await _file.DisposeAsync();

        _file = new SqliteStoreFile(Path);

        Assert.Single((await new SqliteTicketStore(_file).ListAsync(new TicketQuery { Text = "printer" }, Cancel)).Items);
    }

    [Fact]
    public async Task Changes_and_facts_are_read_from_indexes_alone()
    {
        foreach (var (sql, index) in new[]
        {
            (SqliteTicketStore.Changes, "ticket_by_updated"), (SqliteFacts.Since, "ticket_facts"), (SqliteFacts.Open, "ticket_by_status"),
        })
        {
            object?[] arguments = [1, "", 2];
            var plan = await PlanAsync(sql, arguments[..sql.Count(c => c == '?')]);
            Assert.Contains($"SEARCH ticket USING COVERING INDEX {index}", plan, StringComparison.Ordinal);
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
        return Task.FromResult(new Stores(new SqliteUserStore(_file), new SqliteTicketStore(_file), new SqliteMailLedger(_file), new SqliteAuditLog(_file), new SqliteAttemptStore(_file)));
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

    private Task<string> ListPlanAsync(TicketQuery query) => _file.ReadAsync(
        s =>
        {
            var (sql, arguments) = new SqliteTicketList(query).Statement(s);
            return string.Join('\n', s.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), arguments));
        },
        Cancel);

    private async Task<string> PlanAsync(string sql, params object?[] arguments) => string.Join('\n', await _file.ReadAsync(
        s => s.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), arguments), Cancel));
}
