using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Loaded into a child process by DOTNET_STARTUP_HOOKS: kills it, as kill -9 would, right after the named checkpoint has been
/// reached the given number of times. KILL_AT is <c>name:count</c>; KILL_LOG is the file that proves that it happened. CLOCK_AHEAD
/// is how far its clock is ahead of the system's.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("CLOCK_AHEAD") is { Length: > 0 } ahead) Clock.SetAhead(TimeSpan.Parse(ahead, CultureInfo.InvariantCulture));
        if (Environment.GetEnvironmentVariable("KILL_AT") is not { Length: > 0 } point) return;
        var log = Environment.GetEnvironmentVariable("KILL_LOG") ?? throw new InvalidOperationException("KILL_LOG is not set.");
        var colon = point.LastIndexOf(':');
        DiagnosticListener.AllListeners.Subscribe(new Listeners(point, point[..colon], int.Parse(point[(colon + 1)..]), log));
    }

    private sealed class Listeners(string point, string name, int count, string log) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private int _left = count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "TicketAssistant.Checkpoints") value.Subscribe(this, n => n == name);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            // The listener's filter only hints; the name is checked here.
            if (value.Key != name || Interlocked.Decrement(ref _left) != 0) return;
            File.AppendAllText(log, point + "\n");
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    /// <summary>
    /// Gives the app another clock the way that Microsoft's own test host reaches into an app: by the event that its host raises
    /// before it is built. In a class of its own, so that a child without it loads nothing of the hosting packages.
    /// </summary>
    private static class Clock
    {
        public static void SetAhead(TimeSpan by) => DiagnosticListener.AllListeners.Subscribe(new Hosts(by));

        private sealed class Hosts(TimeSpan by) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
        {
            public void OnNext(DiagnosticListener value)
            {
                if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
            }

            public void OnNext(KeyValuePair<string, object?> value)
            {
                if (value.Key != "HostBuilding") return;
                ((IHostBuilder)value.Value!).ConfigureServices(services => services.AddSingleton<TimeProvider>(new Ahead(by)));
            }

            public void OnCompleted()
            {
            }

            public void OnError(Exception error)
            {
            }
        }

        private sealed class Ahead(TimeSpan by) : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
        }
    }
}
