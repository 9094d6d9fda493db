using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>The app in a process of its own, started as its user starts it, on a port and in a folder of its own.</summary>
internal sealed class AppUnderTest : IAsyncDisposable
{
    public const string AdminEmail = "admin@tickets.local";
    public const string AdminPassword = "correct horse battery";

    private readonly Dictionary<string, string?> _settings;
    private readonly Queue<string> _lastLines = new();
    private Process? _process;

    /// <param name="folder">Its data directory.</param>
    /// <param name="settings">Settings beyond those of every measurement, or instead of them.</param>
    public AppUnderTest(string folder, params IEnumerable<(string Name, string Value)> settings)
    {
        Folder = folder;
        Port = FreePort();
        Address = new Uri($"http://127.0.0.1:{Port}");
        _settings = new()
        {
            ["Local__DataDirectory"] = folder,
            ["Admin__Email"] = AdminEmail,
            ["Admin__Password"] = AdminPassword,
            ["RateLimits__Enabled"] = "false",
            ["Gemini__ApiKey"] = "",
            ["Gemini__Endpoint"] = "",
            ["Smtp__Host"] = "",
            ["Mongo__ConnectionString"] = "",
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_STARTUP_HOOKS"] = typeof(AppUnderTest).Assembly.Location,
            ["BENCH_RUNTIME"] = Path.Combine(folder, "runtime.txt"),
        };
        foreach (var (name, value) in settings) _settings[name] = value;
    }

    public string Folder { get; }

    public int Port { get; }

    public Uri Address { get; }

    public int Id => _process!.Id;

    public bool HasExited => _process!.HasExited;

    /// <summary>Its exit code; only once it has exited.</summary>
    public int ExitCode => _process!.ExitCode;

    /// <summary>The last lines that it wrote, for a message about a failure.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines) return string.Join('\n', _lastLines);
        }
    }

    /// <summary>Starts it, with further settings for this start alone, and waits until it is ready unless told otherwise.</summary>
    public async Task StartAsync(bool waitUntilReady = true, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = StartInfo("--port", Port.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in settings) start.Environment[name] = value;
        _process?.Dispose();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (waitUntilReady) await WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
    }

    /// <exception cref="InvalidOperationException">It ended, or was not ready in time.</exception>
    public async Task WaitUntilReadyAsync(TimeSpan limit)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit;)
        {
            if (HasExited) throw new InvalidOperationException($"The app ended with {_process!.ExitCode}:\n{LastLines}");
            try
            {
                using var response = await http.GetAsync("/api/health/ready");
                if (response.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"The app was not ready within {limit.TotalSeconds} s:\n{LastLines}");
    }

    /// <summary>Runs one of its commands, such as <c>export FILE</c>, on the same settings.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task CommandAsync(params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment["DOTNET_STARTUP_HOOKS"] = "";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends STOP, CONT or TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process; false when it is still there after <paramref name="limit"/>.</summary>
    public async Task<bool> WaitForExitAsync(TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        try
        {
            await _process!.WaitForExitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited)
        {
            await SignalAsync("CONT");
            await SignalAsync("TERM");
            if (!await WaitForExitAsync(TimeSpan.FromSeconds(15))) await KillAsync();
        }

        _process.Dispose();
    }

    private ProcessStartInfo StartInfo(params string[] arguments)
    {
        // A write beyond a limit on the size of files is to fail, not to end the process: the shell has the signal ignored.
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "TicketAssistant.Functions.dll"), .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 40) _lastLines.Dequeue();
        }
    }
}
