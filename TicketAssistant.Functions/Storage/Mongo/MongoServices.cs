using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Storage.Transfer;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Registers the MongoDB store.</summary>
internal static class MongoServices
{
    /// <summary>One client a process; the container closes it.</summary>
    public static IServiceCollection AddMongoStore(this IServiceCollection services, MongoOptions options) => services
        .AddSingleton(options)
        .AddSingleton(provider => new MongoStore(
            options, signal: provider.GetRequiredService<StoreSignal>(), spans: provider.GetService<MongoSpans>()))
        .AddSingleton<IUserStore, MongoUserStore>()
        .AddSingleton<ITicketStore, MongoTicketStore>()
        .AddSingleton<IMailLedger, MongoMailLedger>()
        .AddSingleton<IAuditLog, MongoAuditLog>()
        .AddSingleton<IAttemptStore, MongoAttemptStore>()
        .AddSingleton<IStoreTransfer, MongoTransfer>();
}
