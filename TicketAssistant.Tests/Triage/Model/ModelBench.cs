using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Triage.Model;

/// <summary>An analyser wired to a model server of its own, with a clock that stands still.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    public const string Key = "AIza-test-key-0123456789";

    private readonly ModelConnection connection;

    private ModelBench(FakeModelServer server, ModelOptions options)
    {
        Server = server;
        Options = options;
        connection = ChatClientFactory.Create(Options, Time);
        Health = new ModelHealth(Time, HealthLog);
        Telemetry = new TriageTelemetry(new ModelGate(new ModelGateOptions(), Time, NullLogger<ModelGate>.Instance));
        Analyzer = new ModelAnalyzer(connection, Options, Health, Telemetry, Time, Log);
    }

    public FakeModelServer Server { get; }

    public ModelOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public ListLogger<ModelAnalyzer> Log { get; } = new();

    public ListLogger<ModelHealth> HealthLog { get; } = new();

    public ModelHealth Health { get; }

    public TriageTelemetry Telemetry { get; }

    public ModelAnalyzer Analyzer { get; }

    public static async Task<ModelBench> StartAsync(params FakeModelReply[] replies)
    {
        var server = await FakeModelServer.StartAsync(replies);
        return new(server, new ModelOptions { ApiKey = Key, Endpoint = server.Endpoint, Model = "gemini-test", Enabled = true });
    }

    /// <summary>As somebody sets it up: by settings, the endpoint under another path.</summary>
    public static async Task<ModelBench> StartAtAsync(string path, params (string Name, string Value)[] settings)
    {
        var server = await FakeModelServer.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("Gemini__Endpoint", new Uri(server.Endpoint, path).ToString()))
                .ToDictionary(s => s.Item1.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Item2))
            .Build();
        return new(server, ModelOptions.Read(configuration));
    }

    public Task<ModelOutcome> AskAsync(
        string title = "Invoices", string description = "The invoice page fails.", CancellationToken cancellationToken = default) =>
        Analyzer.AnalyzeAsync(title, description, Skills.Names, Skills.Canonical, TimeSpan.FromSeconds(20), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        Telemetry.Dispose();
        await Server.DisposeAsync();
    }
}
