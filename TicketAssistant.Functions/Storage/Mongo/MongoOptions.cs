using Microsoft.Extensions.Configuration;
using MongoDB.Driver;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Where the MongoDB store is.</summary>
internal sealed class MongoOptions
{
    private const string ConnectionSetting = "Mongo__ConnectionString";
    private const string DatabaseSetting = "Mongo__Database";
    private const string DefaultDatabase = "tickets";

    // What MongoDB refuses in a database name on one platform or another.
    private const string Forbidden = "/\\. \"$*<>:|?";
    private const int LongestDatabase = 63;

    private MongoOptions(MongoUrl url, string database)
    {
        Url = url;
        Database = database;
    }

    /// <summary>Parsed, not resolved: no server was asked. Holds the password, so it is never to be printed.</summary>
    public MongoUrl Url { get; }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    /// <summary>The settings, or null where no connection string is set.</summary>
    /// <exception cref="SettingException">One is malformed. Its message has nothing of the connection string.</exception>
    public static MongoOptions? Read(IConfiguration configuration)
    {
        if (configuration.Text(ConnectionSetting) is not { } text) return null;

        MongoUrl url;
        try
        {
            url = MongoUrl.Create(text);
        }
        catch (Exception e) when (e is MongoException or ArgumentException or FormatException)
        {
            // The driver's message quotes the string, password and all.
            throw new SettingException(
                ConnectionSetting, "is not a connection string of the form mongodb://[user:password@]host[:port]/[?options] or mongodb+srv://... (a user name or password with special characters must be percent-encoded).");
        }

        var database = configuration.Text(DatabaseSetting) ?? DefaultDatabase;
        if (database.Length > LongestDatabase || database.Any(c => c is < '!' or > '~' || Forbidden.Contains(c, StringComparison.Ordinal)))
        {
            throw new SettingException(
                DatabaseSetting, $"'{database}' is no name for a database: 1 to {LongestDatabase} ASCII characters, none of them a space or one of {Forbidden.Replace(" ", "", StringComparison.Ordinal)}");
        }

        return new MongoOptions(url, database);
    }

    /// <summary>Without the connection string.</summary>
    public override string ToString() => $"MongoDB, database {Database}";
}
