using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>How the store's values look in SQLite.</summary>
internal static class SqliteValues
{
    // Nothing here is ever put into HTML: text outside ASCII stays readable in the file.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Key(this Guid id) => id.ToString("D");

    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static T? FromJson<T>(this SqliteDataReader row, int column) where T : class =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(row.GetString(column), Json);

    /// <summary>
    /// The rows that match, in the order of the query, read no further than one more than <paramref name="limit"/>: that one
    /// tells whether there is a next page.
    /// </summary>
    public static List<T> Page<T>(
        this SqliteSession session, string sql, Func<SqliteDataReader, T> map, Func<T, bool> matches, int limit, params ReadOnlySpan<object?> arguments)
    {
        var items = new List<T>();
        session.Pick(
            sql,
            row =>
            {
                var item = map(row);
                if (matches(item)) items.Add(item);
                return items.Count > limit ? items : null;
            },
            arguments);
        return items;
    }
}
