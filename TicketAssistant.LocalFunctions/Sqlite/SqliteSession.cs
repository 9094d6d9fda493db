using Microsoft.Data.Sqlite;

namespace TicketAssistant.Sqlite;

/// <summary>
/// One open connection with its prepared statements. Parameters are positional: <c>?1</c>, <c>?2</c>… take the arguments in
/// order. Not thread-safe: whoever holds it is alone with it.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, creating it if asked, in WAL mode; a commit is on disk when it returns (synchronous=FULL).</summary>
    /// <exception cref="SqliteException">The file can't be opened or isn't a database.</exception>
    public static SqliteSession Open(string path, bool create = false)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            // Only the writer: 16 MB of pages and of log, so that a page that many turns change is written to the file once.
            if (create) session.Run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000");
            session.Run("PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA temp_store=MEMORY");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Lets statements of this connection, and the triggers that they fire, call a pure function of two texts.</summary>
    public void AddFunction(string name, Func<string?, string?, string?> function) =>
        _connection.CreateFunction(name, function, isDeterministic: true);

    /// <summary>Runs statements that take no arguments and are not worth keeping.</summary>
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Statement(sql).Execute(arguments);

    /// <summary>The first column of the first row, a number or a text, or default when there is no row or it is NULL.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> arguments) => (T?)(Statement(sql).Scalar(arguments) ?? default(T));

    /// <summary>The first row mapped, or default when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>What <paramref name="pick"/> makes of the first row that it doesn't answer with null; reads no further.</summary>
    public T? Pick<T>(string sql, Func<SqliteDataReader, T?> pick, params ReadOnlySpan<object?> arguments) where T : class
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            if (pick(reader) is { } picked) return picked;
        }

        return null;
    }

    /// <summary>All rows mapped.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        var rows = new List<T>();
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = new SqliteStatement(_connection.Handle!, sql));
        return statement;
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < arguments.Length; i++) command.Parameters.Add(new SqliteParameter($"?{i + 1}", null));
            _commands.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++) command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        return command;
    }
}
