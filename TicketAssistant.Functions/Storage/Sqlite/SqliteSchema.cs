namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// The tables of the store. What is filtered, sorted or counted has a column of its own, the rest of a ticket is JSON. Ids are
/// lower-case text, times UTC ticks (100 ns), enums the names of the API; a priority is its number, because it is sorted by.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Kept in the file as <c>user_version</c>; raise it with every change that an older app can't live with.</summary>
    public static readonly int Version = 1 + Migrations.Length;

    /// <summary>
    /// The tickets that wait for somebody, for use after FROM. The index has to be named: SQLite would take the one of
    /// assignees, and sort everything that nobody has.
    /// </summary>
    public const string WaitingInOrder =
        $"ticket INDEXED BY ticket_waiting WHERE {Waiting} ORDER BY priority DESC, created_at, id";

    /// <summary>What was analysed offline because the model could not, for use after WHERE.</summary>
    public const string Fallback = "triage_state = 'fallback' AND status <> 'DONE'";

    /// <summary>Who can be given tickets.</summary>
    public const string Staff = "role IN ('moderator', 'admin') AND active = 1";

    /// <summary>The part of "free for another ticket" that an index can hold.</summary>
    public const string Free = $"{Staff} AND away = 0";

    private const string Waiting =
        "assignee_id IS NULL AND status <> 'DONE' AND triage_state IN ('succeeded', 'fallback', 'failed')";

    /// <summary>What the index of the rarer states of triage holds.</summary>
    public const string NotPlainlyTriaged = "triage_state <> 'succeeded'";

    // Beside the key that each walks by they hold what lists are filtered by: see SqliteTicketList.
    private static readonly string Lists = $"""
        CREATE INDEX IF NOT EXISTS ticket_by_created ON ticket(created_at, id, status, priority, type, triage_state);
        CREATE INDEX IF NOT EXISTS ticket_by_updated ON ticket(updated_at, id, status, priority, type, triage_state, created_at, requester_id, version);
        CREATE INDEX IF NOT EXISTS ticket_by_priority ON ticket(priority DESC, created_at, id, status, type, triage_state);
        CREATE INDEX IF NOT EXISTS ticket_by_status ON ticket(status, created_at, id, priority, type, triage_state, assignee_id);
        CREATE INDEX IF NOT EXISTS ticket_by_requester ON ticket(requester_id, created_at, id, updated_at, status, priority, type, triage_state);
        CREATE INDEX IF NOT EXISTS ticket_by_assignee ON ticket(assignee_id, created_at, id, updated_at, status, priority, type, triage_state);
        CREATE INDEX IF NOT EXISTS ticket_by_triage ON ticket(triage_state, created_at, id, updated_at, status, priority, type) WHERE {NotPlainlyTriaged};
        {SqliteFacts.Indexes}
        """;

    /// <summary>The n-th brings a file of version n to the next one; what is only new is made by <see cref="Missing"/>.</summary>
    private static string[] Migrations =>
    [
        """
        ALTER TABLE ticket ADD COLUMN assignments INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ticket ADD COLUMN proposed_assignee TEXT;
        ALTER TABLE ticket ADD COLUMN first_response_at INTEGER;
        ALTER TABLE ticket ADD COLUMN resolved_at INTEGER;
        ALTER TABLE ticket ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 1;
        UPDATE ticket SET assignments = (SELECT coalesce(max(revision), 0) FROM claim WHERE ticket_id = ticket.id);
        """,
        """
        ALTER TABLE account ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE account ADD COLUMN away_until INTEGER;
        ALTER TABLE account ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE mail ADD COLUMN closed TEXT;
        DROP INDEX IF EXISTS account_free;
        DROP INDEX IF EXISTS mail_unsent;
        """,
        """
        DROP INDEX IF EXISTS ticket_newest;
        DROP INDEX IF EXISTS ticket_requester;
        DROP INDEX IF EXISTS ticket_assignee;
        DROP INDEX IF EXISTS ticket_status;
        """,
        """
        ALTER TABLE ticket ADD COLUMN acknowledgement TEXT;
        ALTER TABLE ticket ADD COLUMN acknowledge_by INTEGER;
        """,
    ];

    /// <summary>What a file needs that has this version; 0 for a new one.</summary>
    public static string StatementsFrom(long version) => $"""
        BEGIN IMMEDIATE;
        {(version == 0 ? "" : string.Concat(Migrations.Skip((int)version - 1)))}
        {Missing}
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    /// <summary>Repeatable: makes what is missing.</summary>
    private static readonly string Missing = $$"""
        CREATE TABLE IF NOT EXISTS account(
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
            version INTEGER NOT NULL,
            active INTEGER NOT NULL DEFAULT 1,
            away_until INTEGER,
            details TEXT NOT NULL DEFAULT '{}');
        CREATE INDEX IF NOT EXISTS account_role ON account(role, email);
        CREATE INDEX IF NOT EXISTS account_available ON account(open_tickets, last_assigned_at, id, capacity) WHERE {{Free}};
        CREATE INDEX IF NOT EXISTS account_returning ON account(away_until) WHERE away_until IS NOT NULL;
        CREATE INDEX IF NOT EXISTS account_left_behind ON account(id) WHERE active = 0 AND open_tickets > 0;

        CREATE TABLE IF NOT EXISTS directory(version INTEGER NOT NULL);
        INSERT INTO directory SELECT 0 WHERE NOT EXISTS(SELECT 1 FROM directory);

        CREATE TABLE IF NOT EXISTS ticket(
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
            version INTEGER NOT NULL,
            assignments INTEGER NOT NULL DEFAULT 0,
            proposed_assignee TEXT,
            first_response_at INTEGER,
            resolved_at INTEGER,
            last_entry INTEGER NOT NULL DEFAULT 1,
            acknowledgement TEXT,
            acknowledge_by INTEGER);
        {{Lists}}
        CREATE INDEX IF NOT EXISTS ticket_waiting ON ticket(priority DESC, created_at, id) WHERE {{Waiting}};
        CREATE INDEX IF NOT EXISTS ticket_unacknowledged ON ticket(acknowledge_by) WHERE acknowledge_by IS NOT NULL;
        CREATE INDEX IF NOT EXISTS ticket_fallback ON ticket(id) WHERE {{Fallback}};

        CREATE TABLE IF NOT EXISTS claim(
            ticket_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            assignee_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY(ticket_id, revision)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS mail(
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
            closed TEXT,
            PRIMARY KEY(ticket_id, kind, recipient_id, revision)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS mail_owed ON mail(owed_at) WHERE sent_at IS NULL AND closed IS NULL;
        CREATE INDEX IF NOT EXISTS mail_closed ON mail(closed, owed_at) WHERE closed IS NOT NULL;
        CREATE INDEX IF NOT EXISTS mail_recipient ON mail(recipient_id, owed_at);

        CREATE TABLE IF NOT EXISTS timeline(
            ticket_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            internal INTEGER NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY(ticket_id, seq)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS effect(
            ticket_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            effect TEXT NOT NULL,
            PRIMARY KEY(ticket_id, version, number)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS effect_oldest ON effect(at);

        CREATE TABLE IF NOT EXISTS attempt(
            key TEXT NOT NULL PRIMARY KEY,
            count INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            wait_until INTEGER,
            trusted_until INTEGER) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS attempt_oldest ON attempt(last_at);

        {{SqliteAuditLog.Table}}
        {{SqliteSearch.Table}}
        {{SqliteSearch.Triggers}}
        {{SqliteSearch.Fill}}
        """;
}
