using System.Diagnostics;
using System.Globalization;
using TicketAssistant.Benchmarks.Load;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Everything that goes wrong, one after the other; after each the app has to get well by itself.</summary>
internal sealed class Faults
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly ChaosWorld _world;
    private readonly Random _random;
    private readonly List<Violation> _violations = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<(string Kind, Func<Task> RunAsync)> _kinds;
    private double _slowestRecovery;

    public Faults(ChaosWorld world, int seed)
    {
        (_world, _random) = (world, new Random(seed));
        _kinds =
        [
            ("kill -9", KillAsync),
            .. ((string[])["durable.commit", "store.commit", "mail.sent", "model.answered"]).Select(p => ($"kill -9 at {p}", (Func<Task>)(() => KillAtAsync(p)))),
            ("kill -9, again while starting", KillWhileStartingAsync),
            ("pause", PauseAsync),
            ("model: refuses and babbles", RefuseAsync),
            ("smtp: refuses and hangs up", () => OrderAsync(SmtpFault.DropAfterFinalDot, SmtpFault.DropInData, SmtpFault.MailboxBusy, SmtpFault.SilentGreeting)),
            .. Broken("model", world.ModelProxy),
            .. Broken("smtp", world.SmtpProxy),
            .. world.MongoProxy is { } mongo ? Broken("mongo", mongo) : [],
        ];
        if (world.Disk.Kind is not null) _kinds.AddRange([("full disk", () => FullDiskAsync(kill: false)), ("full disk, kill -9", () => FullDiskAsync(kill: true))]);
    }

    /// <summary>How many faults of each kind there were.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Where the app did not get well, or ended by itself.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>From the end of a fault until the app was ready, at worst, in seconds.</summary>
    public double SlowestRecovery => Math.Round(_slowestRecovery, 1);

    /// <summary>Until the time is over: all kinds in a new order, again and again.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var order = _kinds.ToArray();
            _random.Shuffle(order);
            foreach (var (kind, run) in order)
            {
                if (clock.Elapsed >= time || _violations.Exists(v => v.Invariant == "gets well")) return;
                _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
                await run();
                await GetWellAsync(kind);
                await Task.Delay(_random.Next(200, 1200));
            }
        }
    }

    private IEnumerable<(string, Func<Task>)> Broken(string server, FaultyProxy proxy) =>
        ((ProxyFault[])[ProxyFault.Drop, ProxyFault.Delay, ProxyFault.Reset, ProxyFault.Truncate]).Select(fault => (
            string.Create(CultureInfo.InvariantCulture, $"{server}: {fault.ToString().ToLowerInvariant()}"),
            (Func<Task>)(async () =>
            {
                proxy.Break(fault);
                await SomeTimeAsync();
                proxy.Heal();
            })));

    private async Task KillAsync()
    {
        await _world.App.KillAsync();
        await StartAsync();
    }

    private async Task KillAtAsync(string checkpoint)
    {
        await File.WriteAllTextAsync(_world.KillFile, string.Create(CultureInfo.InvariantCulture, $"{checkpoint}:{_random.Next(1, 30)}"));
        if (!await _world.App.WaitForExitAsync(TimeSpan.FromSeconds(20)))
        {
            // Nothing of the kind happened meanwhile, such as no mail because everything else was broken just before.
            _counts[$"kill -9 at {checkpoint}"]--;
            _counts["kill -9"] = _counts.GetValueOrDefault("kill -9") + 1;
            await _world.App.KillAsync();
        }

        File.Delete(_world.KillFile);
        await StartAsync();
    }

    private async Task KillWhileStartingAsync()
    {
        await _world.App.KillAsync();
        await StartAsync();
        await Task.Delay(_random.Next(300, 3000));
        await _world.App.KillAsync();
        await StartAsync();
    }

    private async Task PauseAsync()
    {
        await _world.App.SignalAsync("STOP");
        await SomeTimeAsync();
        await _world.App.SignalAsync("CONT");
    }

    private async Task RefuseAsync()
    {
        _world.IsModelIll = true;
        await SomeTimeAsync();
        _world.IsModelIll = false;
    }

    private async Task OrderAsync(params SmtpFault[] faults)
    {
        _world.Smtp.Order([.. Enumerable.Range(0, 12).Select(_ => faults[_random.Next(faults.Length)])]);
        await SomeTimeAsync();
    }

    private async Task FullDiskAsync(bool kill)
    {
        if (!_world.Disk.Fill(_world.App))
        {
            _violations.Add(new("the disk can be filled", _world.Disk.Kind!));
            return;
        }

        await SomeTimeAsync();
        if (kill) await _world.App.KillAsync();
        _world.Disk.Free(_world.App);
        if (kill) await StartAsync();
    }

    private Task StartAsync() => _world.App.StartAsync(waitUntilReady: false);

    private Task SomeTimeAsync() => Task.Delay(_random.Next(1000, 3500));

    /// <summary>Ready again, or a violation; whoever ended by itself is started again.</summary>
    private async Task GetWellAsync(string after)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            if (_world.App.HasExited)
            {
                _violations.Add(new("does not end by itself", $"after '{after}', with {_world.App.ExitCode}: {_world.App.LastLines}"));
                await StartAsync();
            }

            await _world.App.WaitUntilReadyAsync(s_patience);
            _slowestRecovery = Math.Max(_slowestRecovery, clock.Elapsed.TotalSeconds);
        }
        catch (InvalidOperationException e)
        {
            _violations.Add(new("gets well", $"after '{after}': {e.Message}"));
        }
    }
}
