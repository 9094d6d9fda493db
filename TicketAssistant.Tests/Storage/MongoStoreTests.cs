using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Storage;

public sealed class MongoStoreTests : StoreContract
{
    private MongoTestDatabase? _database;

    protected override Task<Stores> OpenAsync()
    {
        _database = MongoTestDatabase.Open();
        return Task.FromResult(_database.Stores());
    }

    protected override async ValueTask CloseAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
