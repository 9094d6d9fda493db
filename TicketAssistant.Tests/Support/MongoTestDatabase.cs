using Microsoft.Extensions.Configuration;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Tests.Storage;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// A database of its own, dropped after: on the server of <c>Test__MongoUri</c>, or else in a container, or else on the stand-in.
/// Skips the test where none of them is there.
/// </summary>
internal sealed class MongoTestDatabase : IAsyncDisposable
{
    private static readonly string[] Writes = ["insert", "update", "findAndModify"];

    private int _writesToGo;
    private Func<Task>? _interposed;

    private MongoTestDatabase(string connectionString)
    {
        // Names the connections, so that a fail point concerns nobody else.
        Name = $"test-{Guid.NewGuid():N}";
        var url = new MongoUrlBuilder(connectionString) { ApplicationName = Name };
        ConnectionString = url.ToString();
        // Hundreds of operations at once on a busy machine, and one stand-in for all tests, take their time.
        Store = new MongoStore(Options(), patience: TimeSpan.FromSeconds(60), Watch);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public MongoStore Store { get; }

    public static MongoTestDatabase Open()
    {
        var uri = (Environment.GetEnvironmentVariable("Test__MongoUri") is { Length: > 0 } own ? own : null) ?? MongoContainer.ConnectionString;
        if (uri is null && MongoStandIn.Obstacle is { } obstacle)
        {
            Assert.Skip($"Test__MongoUri is not set, {MongoContainer.Obstacle}, and the stand-in can't run: {obstacle}");
        }

        return new MongoTestDatabase(uri ?? MongoStandIn.ConnectionString);
    }

    public Stores Stores() => new(new MongoUserStore(Store), new MongoTicketStore(Store), new MongoMailLedger(Store), new MongoAuditLog(Store), new MongoAttemptStore(Store));

    public MongoOptions Options() => MongoOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Mongo:ConnectionString"] = ConnectionString, ["Mongo:Database"] = Name })
        .Build())!;

    /// <summary>Does something between two writes of somebody: just before the n-th write command from now on is sent.</summary>
    public void BeforeWrite(int n, Func<Task> interpose) => (_writesToGo, _interposed) = (n, interpose);

    /// <summary>Every write command from the one after <paramref name="writes"/> on fails before it does anything, as if its sender had died.</summary>
    public async Task FailWritesAfterAsync(int writes)
    {
        try
        {
            await AdminAsync(new BsonDocument
            {
                ["configureFailPoint"] = "failCommand",
                ["mode"] = new BsonDocument("skip", writes),
                ["data"] = new BsonDocument
                {
                    ["failCommands"] = new BsonArray(Writes),
                    ["errorCode"] = 50, // one that the driver does not retry
                    ["appName"] = Name,
                },
            });
        }
        catch (MongoCommandException e) when (e.Code is 59 or 20)
        {
            Assert.Skip("The server has no fail points: start it with --setParameter enableTestCommands=1.");
        }
    }

    public Task StopFailingAsync() => AdminAsync(new BsonDocument { ["configureFailPoint"] = "failCommand", ["mode"] = "off" });

    public async ValueTask DisposeAsync()
    {
        await Store.Database.Client.DropDatabaseAsync(Name);
        Store.Dispose();
    }

    private void Watch(MongoClientSettings settings) => settings.ClusterConfigurator = cluster => cluster.Subscribe<CommandStartedEvent>(command =>
    {
        if (_interposed is not { } interpose || !Writes.Contains(command.CommandName) || --_writesToGo > 0) return;
        _interposed = null;
        // The command waits for this: the driver takes what its listeners do to the end.
        Task.Run(interpose).GetAwaiter().GetResult();
    });

    private async Task AdminAsync(BsonDocument command) =>
        await Store.Database.Client.GetDatabase("admin").RunCommandAsync<BsonDocument>(command);
}
