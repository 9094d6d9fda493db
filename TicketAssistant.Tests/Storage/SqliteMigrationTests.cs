using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>Files that earlier versions of the app wrote open, with what they hold, and take what this one writes.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private static readonly Guid Requester = Guid.Parse("0193a5c1-0000-7000-8000-000000000001");
    private static readonly Guid Moderator = Guid.Parse("0193a5c1-0000-7000-8000-000000000002");
    private static readonly Guid Ticket = Guid.Parse("0193a5c1-0000-7000-8000-000000000003");

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_the_first_schema_opens_with_its_tickets_and_goes_on()
    {
        var path = _folder.File("tickets.db");
        Write(path, Version1);

        for (var i = 0; i < 2; i++) // once brought there it stays
        {
            await using var file = new SqliteStoreFile(path);
            var tickets = new SqliteTicketStore(file);
            var old = (await tickets.FindAsync(Ticket, null, Cancel))!;
            Assert.Equal(("Printer", "mod", 2, TicketStatus.InProgress), (old.Title, old.AssignedTo!.Name, old.Assignments, old.Status));
            Assert.Equal((null, null, null), (old.FirstResponseAt, old.ResolvedAt, old.ProposedAssignee));
            Assert.Equal(1 + i, old.LastEntry);
            Assert.Empty(old.HumanSet);

            var entry = new TimelineEntry { Seq = 2 + i, At = old.UpdatedAt, Actor = TimelineActor.System, Kind = TimelineKind.Comment, Body = "x" };
            Assert.Equal(UpdateResult.Updated, await tickets.UpdateAsync(new TicketChange(old with { LastEntry = 2 + i }) { Entries = [entry] }, Cancel));
            Assert.Equal(1 + i, (await tickets.ListTimelineAsync(new TimelineQuery(Ticket, 0, 10, false), Cancel)).Count);
        }

        await using var reopened = new SqliteStoreFile(path);
        var store = new SqliteTicketStore(reopened);
        await store.UpdateAsync((await store.FindAsync(Ticket, null, Cancel))! with { Status = TicketStatus.Done }, Cancel);
        Assert.Equal(0, (await new SqliteUserStore(reopened).FindAsync(Moderator, Cancel))!.OpenTickets);
    }

    public void Dispose() => _folder.Dispose();

    private static void Write(string path, string statements)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    /// <summary>The tables of the first version, with a ticket that its second triage gave to a moderator.</summary>
    private static readonly string Version1 = $$$"""
        CREATE TABLE account(
            id TEXT NOT NULL PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL,
            skills TEXT NOT NULL,
            away INTEGER NOT NULL,
            capacity INTEGER,
            token_version INTEGER NOT NULL,
            open_tickets INTEGER NOT NULL,
            last_assigned_at INTEGER,
            created_at INTEGER NOT NULL,
            version INTEGER NOT NULL);
        CREATE INDEX account_role ON account(role, email);

        CREATE TABLE directory(version INTEGER NOT NULL);

        CREATE TABLE ticket(
            id TEXT NOT NULL PRIMARY KEY,
            title TEXT NOT NULL,
            description TEXT NOT NULL,
            status TEXT NOT NULL,
            priority INTEGER NOT NULL,
            type TEXT NOT NULL,
            requester_id TEXT NOT NULL,
            requester TEXT NOT NULL,
            assignee_id TEXT,
            assignee TEXT,
            assignment TEXT,
            triage_state TEXT NOT NULL,
            details TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            version INTEGER NOT NULL);
        CREATE INDEX ticket_newest ON ticket(created_at, id);
        CREATE INDEX ticket_requester ON ticket(requester_id, created_at, id);
        CREATE INDEX ticket_assignee ON ticket(assignee_id, created_at, id);
        CREATE INDEX ticket_status ON ticket(status, created_at, id);

        CREATE TABLE claim(
            ticket_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            assignee_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY(ticket_id, revision)) WITHOUT ROWID;

        CREATE TABLE mail(
            ticket_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            recipient_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            message_id TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            owed_at INTEGER NOT NULL,
            sent_at INTEGER,
            sending_until INTEGER,
            last_error TEXT,
            PRIMARY KEY(ticket_id, kind, recipient_id, revision)) WITHOUT ROWID;
        CREATE INDEX mail_unsent ON mail(owed_at) WHERE sent_at IS NULL;

        INSERT INTO directory VALUES(1);
        INSERT INTO account VALUES('{{{Moderator}}}', 'mod@example.org', 'mod', 'hash', 'moderator', '["go"]', 0, NULL, 1, 1, 638000000000000000, 638000000000000000, 1);
        INSERT INTO ticket VALUES('{{{Ticket}}}', 'Printer', 'It does not print.', 'IN_PROGRESS', 2, 'bug', '{{{Requester}}}',
            '{"id":"{{{Requester}}}","email":"rita@example.org","name":"Rita"}', '{{{Moderator}}}',
            '{"id":"{{{Moderator}}}","email":"mod@example.org","name":"mod"}', NULL, 'succeeded',
            '{"relatedSkills":["go"],"summary":"s","helpfulNotes":"h","triage":{"state":"succeeded","source":"offline","revision":2}}',
            638000000000000000, 638000000000000000, 5);
        INSERT INTO claim VALUES('{{{Ticket}}}', 1, '{{{Moderator}}}', 638000000000000000), ('{{{Ticket}}}', 2, '{{{Moderator}}}', 638000000000000000);
        PRAGMA user_version = 1;
        """;
}
