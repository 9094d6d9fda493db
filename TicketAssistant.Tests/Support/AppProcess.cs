using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>The app as its user starts it, in a process of its own that can be killed and started again on the same data.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    public const string AdminEmail = "admin@tickets.local";
    public const string AdminPassword = "correct horse battery";

    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string?> _environment;
    private Process? _process;

    public AppProcess(TempFolder folder, IReadOnlyDictionary<string, string?>? settings = null)
    {
        Port = FreePort();
        BaseAddress = new Uri($"http://127.0.0.1:{Port}");
        _environment = new Dictionary<string, string?>(TestSettings.Create(folder.Path));
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) _environment[name] = value;
    }

    public int Port { get; }

    public Uri BaseAddress { get; }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public bool HasExited => _process?.HasExited ?? true;

    public int ExitCode => _process!.ExitCode;

    /// <summary>How far its clock is ahead of the system's when it is started.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Starts it and, unless told otherwise, waits until it is ready.</summary>
    /// <param name="killAt">A checkpoint and how often it is to be reached before the process is killed, such as <c>store.commit:20</c>.</param>
    /// <param name="killLog">The file that proves it.</param>
    /// <param name="waitUntilReady">False to return at once.</param>
    /// <param name="arguments">Further arguments.</param>
    public async Task StartAsync(string? killAt = null, string? killLog = null, bool waitUntilReady = true, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TicketAssistant.Functions.dll"));
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add(Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        if (killAt is not null || ClockAhead != TimeSpan.Zero) start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(AppProcess).Assembly.Location;
        if (ClockAhead != TimeSpan.Zero) start.Environment["CLOCK_AHEAD"] = ClockAhead.ToString();
        if (killAt is not null)
        {
            start.Environment["KILL_AT"] = killAt;
            start.Environment["KILL_LOG"] = killLog;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        if (waitUntilReady) await WaitUntilReadyAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = BaseAddress, Timeout = TimeSpan.FromSeconds(2) };
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(30))
        {
            if (HasExited) Assert.Fail($"The app ended with {ExitCode}:\n{Output}");
            try
            {
                using var response = await client.GetAsync("/api/health/ready");
                if (response.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The app was not ready within 30 s:\n{Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does: SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await _process!.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
