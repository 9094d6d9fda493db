using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// The full-text index of the tickets: one row a ticket, under its rowid, with the words of what the requester sees and, apart
/// from them, of what only staff has written. Triggers keep it, in the transaction of the change, whoever makes the change. What
/// a word is, is said in <see cref="SearchWords"/>, for both stores alike: the index is given finished words, divided by blanks,
/// and its tokenizer (<c>ascii</c>) does no more than take them apart again.
/// </summary>
internal static class SqliteSearch
{
    /// <summary>Up to so many matches are looked up and sorted; where there are more, the list's own index is walked until the page is full.</summary>
    private const int LookUpAtMost = 400;

    /// <summary>
    /// The table keeps no text, only which word is where; with the words that begin with one, two or three letters beside it,
    /// because people type words from their beginning.
    /// </summary>
    public const string Table = """
        CREATE VIRTUAL TABLE IF NOT EXISTS ticket_words USING fts5(
            public, internal, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
        """;

    private const string Comments = "(SELECT group_concat(entry ->> '$.body', ' ') FROM timeline WHERE ticket_id = ticket.id AND internal =";

    private const string Insert = $"""
        INSERT INTO ticket_words(rowid, public, internal)
        SELECT rowid, search_words(title || ' ' || description, {Comments} 0)), search_words({Comments} 1), NULL) FROM ticket
        """;

    private const string OfEntry = "(SELECT rowid FROM ticket WHERE id";

    public const string Triggers = $"""
        CREATE TRIGGER IF NOT EXISTS ticket_words_added AFTER INSERT ON ticket BEGIN
            {Insert} WHERE rowid = new.rowid;
        END;
        CREATE TRIGGER IF NOT EXISTS ticket_words_changed AFTER UPDATE OF title, description ON ticket
        WHEN new.title <> old.title OR new.description <> old.description BEGIN
            DELETE FROM ticket_words WHERE rowid = old.rowid;
            {Insert} WHERE rowid = new.rowid;
        END;
        CREATE TRIGGER IF NOT EXISTS ticket_words_removed AFTER DELETE ON ticket BEGIN
            DELETE FROM ticket_words WHERE rowid = old.rowid;
        END;
        CREATE TRIGGER IF NOT EXISTS ticket_words_commented AFTER INSERT ON timeline WHEN new.entry ->> '$.body' IS NOT NULL BEGIN
            DELETE FROM ticket_words WHERE rowid = {OfEntry} = new.ticket_id);
            {Insert} WHERE id = new.ticket_id;
        END;
        CREATE TRIGGER IF NOT EXISTS ticket_words_uncommented AFTER DELETE ON timeline WHEN old.entry ->> '$.body' IS NOT NULL BEGIN
            DELETE FROM ticket_words WHERE rowid = {OfEntry} = old.ticket_id);
            {Insert} WHERE id = old.ticket_id;
        END;
        CREATE TRIGGER IF NOT EXISTS ticket_words_recommented AFTER UPDATE OF entry, internal ON timeline BEGIN
            DELETE FROM ticket_words WHERE rowid = {OfEntry} = new.ticket_id);
            {Insert} WHERE id = new.ticket_id;
        END;
        """;

    /// <summary>Fills the index of a file that an older version wrote; nothing where there is an index.</summary>
    public const string Fill = $"{Insert} WHERE NOT EXISTS(SELECT 1 FROM ticket_words);";

    /// <summary>What the triggers call. A connection that writes tickets needs it.</summary>
    public static void AddFunction(SqliteSession session) =>
        session.AddFunction("search_words", (text, more) => string.Join(' ', SearchWords.Of(text, more)));

    /// <summary>The expression that each of the words begins a word of the ticket, as far as the searcher sees it.</summary>
    public static string Expression(IReadOnlyList<string> words, bool staff)
    {
        // Quoted, a word is nothing but a word; it has letters and digits only.
        var all = string.Join(" AND ", words.Select(word => $"\"{word}\" *"));
        return staff ? all : $"{{public}} : ({all})";
    }

    /// <summary>The rowids of tickets that have exactly this word where the requester sees it, at most <paramref name="limit"/>.</summary>
    public static List<long> RowsWith(SqliteSession session, string word, int limit) => session.Query(
        "SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?1 LIMIT ?2", row => row.GetInt64(0), $"public : \"{word}\"", limit);

    /// <summary>Whether the expression has so few matches that each can be looked up.</summary>
    public static bool IsRare(SqliteSession session, string expression) => session.Scalar<long>(
        "SELECT COUNT(*) FROM (SELECT 1 FROM ticket_words WHERE ticket_words MATCH ?1 LIMIT ?2)", expression, LookUpAtMost + 1) <= LookUpAtMost;
}
