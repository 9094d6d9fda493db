using System.Diagnostics;

/// <summary>
/// Loaded into a child process by DOTNET_STARTUP_HOOKS: kills it, as kill -9 would, right after the named checkpoint has been
/// reached the given number of times. KILL_AT is <c>name:count</c>; KILL_LOG is the file that proves that it happened.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
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
}
