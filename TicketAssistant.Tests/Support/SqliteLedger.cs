using Microsoft.Data.Sqlite;

namespace TicketAssistant.Tests.Support;

/// <summary>Reads what the API does not show from the store's file, while the app runs or not.</summary>
internal sealed class SqliteLedger(string dataDirectory) : ILedger
{
    /// <inheritdoc/>
    public List<string> Sent() => Read("SELECT message_id FROM mail WHERE kind = 'assigned' AND sent_at IS NOT NULL");

    /// <summary>The Message-IDs of all mails that went out, of whatever kind.</summary>
    public List<string> SentOfAllKinds() => Read("SELECT message_id FROM mail WHERE sent_at IS NOT NULL");

    /// <summary>How many mails of a kind went out, or will not any more.</summary>
    public int Settled(string kind) => Read("SELECT kind FROM mail WHERE sent_at IS NOT NULL OR closed IS NOT NULL").Count(k => k == kind);

    public int Rows() => int.Parse(Read("SELECT count(*) FROM mail WHERE kind = 'assigned'")[0], System.Globalization.CultureInfo.InvariantCulture);

    public int Claims() => int.Parse(Read("SELECT count(*) FROM claim")[0], System.Globalization.CultureInfo.InvariantCulture);

    public int Effects() => int.Parse(Read("SELECT count(*) FROM effect")[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Attempts and last error of each mail to an assignee.</summary>
    public List<string> Attempts() => Read("SELECT attempts || ' ' || coalesce(last_error, '') FROM mail WHERE kind = 'assigned'");

    /// <summary>Kinds of the mails that are neither sent nor closed.</summary>
    public List<string> Owed() => Read("SELECT kind FROM mail WHERE sent_at IS NULL AND closed IS NULL");

    private List<string> Read(string sql)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "tickets.db")};Mode=ReadWrite;Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetValue(0).ToString()!);
        return values;
    }
}
