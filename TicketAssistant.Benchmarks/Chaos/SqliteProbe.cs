using Microsoft.Data.Sqlite;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>The embedded store, past the app.</summary>
internal sealed class SqliteProbe(string dataDirectory) : IStoreProbe
{
    private const string Sql = """
        SELECT (SELECT count(*) FROM ticket WHERE triage_state NOT IN ('succeeded', 'fallback')),
            (SELECT count(*) FROM ticket WHERE status <> 'DONE' AND assignee_id IS NULL),
            (SELECT count(*) FROM effect),
            (SELECT count(*) FROM mail WHERE sent_at IS NULL AND closed IS NULL)
        """;

    public Debts Read()
    {
        using var file = Open(Path.Combine(dataDirectory, "tickets.db"));
        using var command = file.CreateCommand();
        command.CommandText = Sql;
        using var row = command.ExecuteReader();
        row.Read();
        return new Debts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
    }

    /// <summary>Every damage that SQLite itself finds in a file.</summary>
    public static IReadOnlyList<string> Damages(string path)
    {
        using var file = Open(path);
        using var command = file.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(20)";
        using var row = command.ExecuteReader();
        var found = new List<string>();
        while (row.Read()) found.Add(row.GetString(0));
        return found is ["ok"] ? [] : found;
    }

    public static SqliteConnection Open(string path)
    {
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        file.Open();
        return file;
    }
}
