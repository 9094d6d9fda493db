using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;
using TicketAssistant.Diagnostics;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// The one client of the process, its collections, and the way every operation goes: indexes first, failures translated.
/// </summary>
/// <param name="options">Where it is.</param>
/// <param name="patience">
/// The most that one operation takes, however many commands and retries it is made of. The default keeps the promise that with a
/// store that is down a request is answered within five seconds.
/// </param>
/// <param name="configure">Has the last word on the client's settings.</param>
/// <param name="signal">Told of each write of this process.</param>
/// <param name="spans">Told of each command, where traces are exported.</param>
internal sealed class MongoStore(
    MongoOptions options, TimeSpan? patience = null, Action<MongoClientSettings>? configure = null, StoreSignal? signal = null, MongoSpans? spans = null) : IDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan ServerSelection = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private IMongoDatabase? _database;
    private Task? _setUp;
    private bool _isDisposed;

    public IMongoCollection<BsonDocument> Users => Database.GetCollection<BsonDocument>("users");

    public IMongoCollection<BsonDocument> Tickets => Database.GetCollection<BsonDocument>("tickets");

    public IMongoCollection<BsonDocument> Mails => Database.GetCollection<BsonDocument>("mails");

    public IMongoCollection<BsonDocument> Audit => Database.GetCollection<BsonDocument>("audit");

    public IMongoCollection<BsonDocument> Attempts => Database.GetCollection<BsonDocument>("attempts");

    /// <summary>Timeline entries that their tickets no longer hold: see <see cref="MongoTimeline"/>.</summary>
    public IMongoCollection<BsonDocument> Timeline => Database.GetCollection<BsonDocument>("timeline");

    /// <summary>One document: see <see cref="MongoDirectory"/>.</summary>
    public IMongoCollection<BsonDocument> Directory => Database.GetCollection<BsonDocument>("directory");

    /// <summary>
    /// There from the first operation on. Made by then and not before, because looking up a mongodb+srv address asks the DNS,
    /// which may be as unreachable as the server.
    /// </summary>
    public IMongoDatabase Database
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _database ??= Connect();
            }
        }
    }

    /// <summary>
    /// Runs <paramref name="operation"/>. The first one of the process makes the indexes before, because without the unique ones
    /// nothing that the store promises holds; until that has succeeded, each operation tries.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The server can't be reached, or didn't answer in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(patience ?? DefaultPatience);
        try
        {
            await SetUpAsync().WaitAsync(limited.Token);
            return await operation(limited.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw MongoFailures.TookTooLong(e);
        }
        catch (Exception e) when (MongoFailures.Translate(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _database?.Client.Dispose();
        }
    }

    // All who wait share one attempt: with the store down none of them waits longer than that.
    private Task SetUpAsync()
    {
        lock (_lock)
        {
            if (_setUp is null or { IsFaulted: true } or { IsCanceled: true }) _setUp = Task.Run(() => MongoIndexes.EnsureAsync(this));
            return _setUp;
        }
    }

    private IMongoDatabase Connect()
    {
        var settings = MongoClientSettings.FromUrl(options.Url);
        settings.ApplicationName ??= "ticket-assistant";
        settings.ServerSelectionTimeout = ServerSelection;
        settings.ConnectTimeout = ServerSelection;
        // What an answer promises has to survive a failover, and the power cut of a server that stands alone.
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadPreference = ReadPreference.Primary;
        settings.ClusterConfigurator = cluster =>
        {
            cluster.Subscribe<CommandSucceededEvent>(command =>
            {
                if (command.CommandName is not ("insert" or "update" or "findAndModify")) return;
                Checkpoints.Reached("store.commit");
                signal?.Raise();
            });
            spans?.Watch(cluster);
        };
        configure?.Invoke(settings);
        return new MongoClient(settings).GetDatabase(options.Database);
    }
}
