using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>From the embedded store to another one, with everything.</summary>
[Collection("fail point")]
public sealed class TransferTests : StoreHarness
{
    private readonly TempFolder _folder = new();
    private SqliteStoreFile _file = null!;
    private User[] _people = [];

    [Fact]
    public async Task From_SQLite_to_MongoDB_and_out_again_is_the_same_file()
    {
        await using var mongo = MongoTestDatabase.Open();
        await FillAsync();
        var first = _folder.File("first.jsonl");
        var second = _folder.File("second.jsonl");

        var count = await Transfer(new SqliteTransfer(_file)).ExportAsync(first, Cancel);
        Assert.Equal(count, await Transfer(new MongoTransfer(mongo.Store)).ImportAsync(first, Cancel));
        await Transfer(new MongoTransfer(mongo.Store)).ExportAsync(second, Cancel);

        Assert.Equal(count, File.ReadLines(first).Count());
        Assert.Equal(await File.ReadAllTextAsync(first, Cancel), await File.ReadAllTextAsync(second, Cancel));
        await AssertWorksAsync(mongo.Stores());
    }

    [Fact]
    public async Task From_SQLite_to_SQLite_is_the_same_file()
    {
        await FillAsync();
        var first = _folder.File("first.jsonl");
        var second = _folder.File("second.jsonl");
        await using var other = new SqliteStoreFile(_folder.File("other.db"));

        await Transfer(new SqliteTransfer(_file)).ExportAsync(first, Cancel);
        await Transfer(new SqliteTransfer(other)).ImportAsync(first, Cancel);
        await Transfer(new SqliteTransfer(other)).ExportAsync(second, Cancel);

        Assert.Equal(await File.ReadAllTextAsync(first, Cancel), await File.ReadAllTextAsync(second, Cancel));
        await AssertWorksAsync(new Stores(new SqliteUserStore(other), new SqliteTicketStore(other), new SqliteMailLedger(other), new SqliteAuditLog(other), new SqliteAttemptStore(other)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(102)]
    public async Task An_interrupted_import_is_repeated_without_a_trace(int writes)
    {
        await using var mongo = MongoTestDatabase.Open();
        await mongo.Stores().Users.GetDirectoryVersionAsync(Cancel); // its indexes are not what is to be interrupted
        await FillAsync();
        var file = _folder.File("export.jsonl");
        var again = _folder.File("again.jsonl");
        await Transfer(new SqliteTransfer(_file)).ExportAsync(file, Cancel);

        await mongo.FailWritesAfterAsync(writes);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Transfer(new MongoTransfer(mongo.Store)).ImportAsync(file, Cancel));
        await mongo.StopFailingAsync();
        for (var i = 0; i < 2; i++) await Transfer(new MongoTransfer(mongo.Store)).ImportAsync(file, Cancel);

        await Transfer(new MongoTransfer(mongo.Store)).ExportAsync(again, Cancel);
        Assert.Equal(await File.ReadAllTextAsync(file, Cancel), await File.ReadAllTextAsync(again, Cancel));
        await AssertWorksAsync(mongo.Stores());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"user":{"id":1}}""")]
    [InlineData("""{"person":{}}""")]
    public async Task A_line_that_is_no_record_is_named_by_number(string line)
    {
        await FillAsync();
        var file = _folder.File("export.jsonl");
        await Transfer(new SqliteTransfer(_file)).ExportAsync(file, Cancel);
        await File.AppendAllTextAsync(file, line + "\n", Cancel);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => Transfer(new SqliteTransfer(_file)).ImportAsync(file, Cancel));

        Assert.Contains($"Line {File.ReadLines(file).Count()} ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_there_is_refused_and_nobody_is_replaced()
    {
        await using var mongo = MongoTestDatabase.Open();
        await using var other = new SqliteStoreFile(_folder.File("other.db"));
        await AddUserAsync("ann@example.org");
        var file = _folder.File("export.jsonl");
        await Transfer(new SqliteTransfer(_file)).ExportAsync(file, Cancel);

        foreach (var (users, transfer) in new (IUserStore, IStoreTransfer)[]
        {
            (new SqliteUserStore(other), new SqliteTransfer(other)),
            (mongo.Stores().Users, new MongoTransfer(mongo.Store)),
        })
        {
            var there = NewUser("ann@example.org");
            await users.InsertIfAbsentAsync(there, Cancel);

            await Assert.ThrowsAsync<InvalidDataException>(() => Transfer(transfer).ImportAsync(file, Cancel));

            Assert.Equal(there.Id, (await users.FindByEmailAsync("ann@example.org", Cancel))!.Id);
        }
    }

    [Fact]
    public async Task The_file_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return; // for the analyser, which doesn't know that the line before ends the test
        }

        var file = _folder.File("export.jsonl");

        await Transfer(new SqliteTransfer(_file)).ExportAsync(file, Cancel);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    protected override Task<Stores> OpenAsync()
    {
        _file = new SqliteStoreFile(_folder.File("tickets.db"));
        return Task.FromResult(new Stores(new SqliteUserStore(_file), new SqliteTicketStore(_file), new SqliteMailLedger(_file), new SqliteAuditLog(_file), new SqliteAttemptStore(_file)));
    }

    protected override async ValueTask CloseAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private static StoreTransfer Transfer(IStoreTransfer store) => new(store, _ => { });

    /// <summary>More than one page of tickets in every state, some moved, some closed, some nobody's; times finer than a millisecond.</summary>
    private async Task FillAsync()
    {
        _people = await TogetherAsync(5, i => AddUserAsync($"m{i}@example.org", i == 0 ? Role.Admin : Role.Moderator, "c#", "日本語"));
        await Users.UpdateAsync(_people[1] with { Capacity = 500 }, Cancel);
        for (var i = 0; i < 3; i++) await Audit.AppendAsync(AuditEntry.Of(Now.AddSeconds(i), AuditAction.RoleChanged, _people[0].Id, _people[i].Id.ToString("D"), "\"ü\""), Cancel);
        for (var i = 0; i < 240; i++)
        {
            var ticket = await AddTicketAsync(NewTicket($"Ticket {i} \"ü\" <b>", Now.AddTicks(i * 12_345)) with
            {
                Triage = new TicketTriage { State = TriageState.Succeeded, Confidence = i / 240.0 },
            });
            if (i % 60 == 0) await FillTimelineAsync(ticket);
            if (i % 4 == 0) continue;
            await AssignAsync(ticket, 1, Tier(_people));
            if (i % 4 == 1) await AssignAsync(ticket, 2, Tier(_people[1]));
            if (i % 4 == 2) await Tickets.UpdateAsync(await TicketAsync(ticket) with { Status = TicketStatus.Done }, Cancel);
            var key = new MailKey(ticket.Id, MailKind.Assigned, _people[1].Id, 1 + (i % 11));
            await Mails.OweAsync(key, $"{i}@example.org", Now.AddTicks(i), Cancel);
            if (i % 3 == 0) await Mails.MarkSentAsync(key, Now.AddTicks(i * 99_999), Cancel);
        }
    }

    /// <summary>More entries than a document in MongoDB holds, and effects that nobody has carried out.</summary>
    private async Task FillTimelineAsync(Ticket ticket)
    {
        for (var seq = 2; seq < 14; seq++)
        {
            var entry = new TimelineEntry
            {
                Seq = seq,
                At = Now.AddTicks(seq * 12_345),
                Actor = TimelineActor.Of(_people[1]),
                Kind = TimelineKind.Comment,
                Body = $"Comment {seq} \"ü\"",
                Internal = seq % 2 == 0,
            };
            var change = new TicketChange(await TicketAsync(ticket) with
            {
                LastEntry = seq,
                FirstResponseAt = Now.AddTicks(99_999),
                HumanSet = [TicketField.Type],
                Feedback = new TicketFeedback(true, "ü", ticket.CreatedBy, Now),
            });
            Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(
                change with
                {
                    Entries = [entry],
                    Effects = [new TicketEffect(0, EffectKind.Mail, new MailKey(ticket.Id, MailKind.Replied, _people[2].Id, seq)), new TicketEffect(1, EffectKind.Acted)],
                },
                Cancel));
        }
    }

    /// <summary>The counters are right, and go on being so.</summary>
    private async Task AssertWorksAsync(Stores there)
    {
        foreach (var person in _people)
        {
            Assert.Equal((await UserAsync(person)).OpenTickets, (await there.Users.FindAsync(person.Id, Cancel))!.OpenTickets);
        }

        var told = (await Tickets.ListAsync(new TicketQuery { Limit = 100 }, Cancel)).Items.Concat(await Tickets.ListWaitingAsync(100, Cancel)).MaxBy(t => t.LastEntry)!;
        Assert.Equal(
            (await Tickets.ListTimelineAsync(new TimelineQuery(told.Id, 5, 3, true), Cancel)).Select(e => e.Body),
            (await there.Tickets.ListTimelineAsync(new TimelineQuery(told.Id, 5, 3, true), Cancel)).Select(e => e.Body));
        Assert.Equal(48, (await there.Tickets.ListLeftoverEffectsAsync(Now.AddDays(1), 1000, Cancel)).Count);
        Assert.Equal(
            (await Tickets.ListWaitingAsync(100, Cancel)).Select(t => t.Id), (await there.Tickets.ListWaitingAsync(100, Cancel)).Select(t => t.Id));
        Assert.Equal((await Audit.ListAsync(new AuditQuery(), Cancel)).Items, (await there.Audit.ListAsync(new AuditQuery(), Cancel)).Items);
        var mine = (await there.Tickets.ListAsync(new TicketQuery { AssigneeId = _people[1].Id, Status = TicketStatus.Todo, Text = "ticket" }, Cancel)).Items[0];
        var before = (await there.Users.FindAsync(_people[1].Id, Cancel))!.OpenTickets;
        await there.Tickets.UpdateAsync(mine with { Status = TicketStatus.Done }, Cancel);
        Assert.Equal(before - 1, (await there.Users.FindAsync(_people[1].Id, Cancel))!.OpenTickets);
        Assert.Equal(
            AssignmentOutcome.Assigned,
            await there.Tickets.AssignAsync(new AssignmentRequest(mine.Id, 1, [Tier(_people[2])], Now), Cancel)); // claimed before the move
        Assert.Equal(_people[1].Id, (await there.Tickets.FindAsync(mine.Id, null, Cancel))!.AssignedTo!.Id);
    }
}
