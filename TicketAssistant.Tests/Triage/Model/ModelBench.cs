using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Triage.Model;

/// <summary>An analyser wired to a model server of its own, with a clock that stands still.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    public const string Key = "AIza-test-key-0123456789";

    private readonly ModelConnection connection;

    private ModelBench(FakeModelServer server, string? key)
    {
        Server = server;
        Options = new ModelOptions { ApiKey = key, Endpoint = server.Endpoint, Model = "gemini-test", Enabled = true };
        connection = ChatClientFactory.Create(Options, Time);
        Health = new ModelHealth(Time, HealthLog);
        Analyzer = new ModelAnalyzer(connection, Options, Health, Time, Log);
    }

    public FakeModelServer Server { get; }

    public ModelOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public ListLogger<ModelAnalyzer> Log { get; } = new();

    public ListLogger<ModelHealth> HealthLog { get; } = new();

    public ModelHealth Health { get; }

    public ModelAnalyzer Analyzer { get; }

    public static async Task<ModelBench> StartAsync(params FakeModelReply[] replies) =>
        new(await FakeModelServer.StartAsync(replies), Key);

    public static async Task<ModelBench> StartWithoutKeyAsync() => new(await FakeModelServer.StartAsync(), key: null);

    public Task<ModelOutcome> AskAsync(
        string title = "Invoices", string description = "The invoice page fails.", CancellationToken cancellationToken = default) =>
        Analyzer.AnalyzeAsync(title, description, Skills.Names, Skills.Canonical, TimeSpan.FromSeconds(20), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await Server.DisposeAsync();
    }
}
