using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>A server that isn't there, or isn't there any more; and settings that name none.</summary>
[Collection("fail point")]
public sealed class MongoAwayTests
{
    private const string Secret = "s3cr3t-w0rd";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("appName=x")]
    [InlineData("tls=true&tlsInsecure=true")]
    public async Task A_server_that_nobody_listens_at_is_an_unavailable_store_soon(string options)
    {
        using var store = new MongoStore(Read($"mongodb://tickets:{Secret}@127.0.0.1:{FreePort()}/?{options}")!);

        await AssertAwayAsync(store);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_an_unavailable_store_soon()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var store = new MongoStore(Read($"mongodb://tickets:{Secret}@{silent.LocalEndpoint}/")!);

        await AssertAwayAsync(store);
    }

    [Fact]
    public async Task An_address_that_the_DNS_does_not_know_is_an_unavailable_store_soon()
    {
        using var store = new MongoStore(Read($"mongodb+srv://tickets:{Secret}@cluster.invalid/")!);

        await AssertAwayAsync(store);
    }

    [Fact]
    public async Task All_who_ask_at_once_are_answered_soon()
    {
        using var store = new MongoStore(Read($"mongodb://127.0.0.1:{FreePort()}/")!);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        var asked = Enumerable.Range(0, 50).Select(_ => new MongoTicketStore(store).FindAsync(Guid.NewGuid(), null, patience.Token)).ToArray();

        foreach (var answer in asked) await Assert.ThrowsAsync<StoreUnavailableException>(() => answer);
    }

    [Fact]
    public async Task The_store_recovers_by_itself()
    {
        await using var database = MongoTestDatabase.Open();
        var users = database.Stores().Users;
        await database.FailWritesAfterAsync(0);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => users.FindAsync(Guid.NewGuid(), Cancel)); // the set-up writes

        await database.StopFailingAsync();

        Assert.Null(await users.FindAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task A_closed_store_is_unavailable()
    {
        var database = MongoTestDatabase.Open();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => database.Stores().Users.FindAsync(Guid.NewGuid(), Cancel));
    }

    [Theory]
    [InlineData($"mongodb://tickets:{Secret}@")]
    [InlineData($"mongodb://tickets:{Secret}@host:port/")]
    [InlineData($"http://tickets:{Secret}@host/")]
    [InlineData($"mongodb://tickets:{Secret}@host/?w=x&connectTimeoutMS=soon")]
    [InlineData($"{Secret}")]
    public void A_malformed_connection_string_is_named_and_not_shown(string text)
    {
        var refusal = Assert.Throws<SettingException>(() => Read(text));

        Assert.Equal("Mongo__ConnectionString", refusal.Setting);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("ä")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_that_no_database_can_have_is_refused(string name) =>
        Assert.Equal("Mongo__Database", Assert.Throws<SettingException>(() => Read("mongodb://host/", name)).Setting);

    [Fact]
    public void Unset_settings_take_their_defaults()
    {
        Assert.Null(Read(null));
        Assert.Equal("tickets", Read("mongodb://host/")!.Database);
        Assert.DoesNotContain(Secret, Read($"mongodb://tickets:{Secret}@host/")!.ToString(), StringComparison.Ordinal);
    }

    private static MongoOptions? Read(string? connectionString, string? database = null) => MongoOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Mongo:ConnectionString"] = connectionString, ["Mongo:Database"] = database })
        .Build());

    // The promise is five seconds; more are allowed here, because a slow machine is no mistake.
    private static async Task AssertAwayAsync(MongoStore store)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new MongoUserStore(store).FindByEmailAsync("ann@example.org", patience.Token));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
