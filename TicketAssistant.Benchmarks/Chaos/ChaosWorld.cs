using MongoDB.Driver;
using TicketAssistant.Benchmarks.Load;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>The app and everything that it talks to, each behind a proxy that can be broken.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private static readonly string[][] s_skills = [["Kubernetes"], ["PostgreSQL"], ["Billing"], ["React", "TypeScript"], ["VPN"], ["Java"], []];

    private readonly DataDisk _disk;
    private readonly FakeModelServer _model;

    private ChaosWorld(ChaosOptions options, DataDisk disk, FakeModelServer model)
    {
        (_disk, _model) = (disk, model);
        _model.Otherwise = Answer;
        Smtp = new LoopbackSmtpServer();
        ModelProxy = new FaultyProxy(model.Endpoint.Port);
        SmtpProxy = new FaultyProxy(Smtp.Port);
        KillFile = Path.Combine(Work.Path, "kill");
        List<(string, string)> settings =
        [
            ("BENCH_RUNTIME", ""),
            ("BENCH_KILL_FILE", KillFile),
            ("Gemini__ApiKey", "key"), ("Gemini__Endpoint", $"http://127.0.0.1:{ModelProxy.Port}/v1beta/openai/"),
            ("Triage__BudgetSeconds", "8"), ("Triage__FirstRetrySeconds", "1"), ("Triage__BreakerSeconds", "3"),
            ("Smtp__Host", "127.0.0.1"), ("Smtp__Port", $"{SmtpProxy.Port}"), ("Smtp__Security", "None"),
            // A process that dies while it sends holds the right to send for the time limit and ten seconds more.
            ("Smtp__TimeoutSeconds", "2"),
            ("Logging__LogLevel__Default", "Critical"),
        ];
        if (options.Mongo)
        {
            var standIn = new MongoUrl(MongoStandIn.ConnectionString);
            MongoProxy = new FaultyProxy(standIn.Server.Port);
            settings.AddRange([("Mongo__ConnectionString", $"mongodb://127.0.0.1:{MongoProxy.Port}/"), ("Mongo__Database", "chaos")]);
            Store = new MongoProbe(new MongoClient(standIn).GetDatabase("chaos"));
        }
        else
        {
            Store = new SqliteProbe(disk.Path);
        }

        Durable = new DurableProbe(disk.Path);
        App = new AppUnderTest(disk.Path, settings);
    }

    public AppUnderTest App { get; }

    public DataDisk Disk => _disk;

    /// <summary>A folder beside the app's, on a disk that is never full.</summary>
    public BenchmarkFolder Work { get; } = new();

    /// <summary>What makes the app kill itself: see the start-up hook.</summary>
    public string KillFile { get; }

    public LoopbackSmtpServer Smtp { get; }

    public FaultyProxy ModelProxy { get; }

    public FaultyProxy SmtpProxy { get; }

    /// <summary>Null where the store is no server.</summary>
    public FaultyProxy? MongoProxy { get; }

    public IStoreProbe Store { get; }

    public DurableProbe Durable { get; }

    /// <summary>While true the model server refuses, stutters and babbles.</summary>
    public bool IsModelIll { get; set; }

    public static async Task<ChaosWorld> CreateAsync(ChaosOptions options) =>
        new(options, DataDisk.Create(options.Disk), await FakeModelServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        ModelProxy.Dispose();
        SmtpProxy.Dispose();
        MongoProxy?.Dispose();
        await Smtp.DisposeAsync();
        await _model.DisposeAsync();
        _disk.Dispose();
        Work.Dispose();
    }

    private FakeModelReply Answer(RecordedModelRequest request) => IsModelIll
        ? Random.Shared.Next(6) switch
        {
            0 => FakeModelReply.Error(500),
            1 => FakeModelReply.Quota("1s"),
            2 => FakeModelReply.Malformed,
            3 => FakeModelReply.Cut,
            4 => FakeModelReply.Blocked,
            _ => FakeModelReply.Broken,
        }
        : FakeModelReply.Good("bug", Random.Shared.Next(2) == 0 ? "high" : "low", s_skills[Random.Shared.Next(s_skills.Length)]);
}
