using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Loaded into the app under test by DOTNET_STARTUP_HOOKS. Writes what only the process itself knows into the file that
/// BENCH_RUNTIME names, once a second, as one line: collections of each generation, pause in milliseconds, heap in bytes.
/// With BENCH_KILL_AT (<c>name:count</c>) it kills the process, as kill -9 would, right after that checkpoint has been reached so
/// often, and writes the name into BENCH_KILL_LOG first.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("BENCH_RUNTIME") is { Length: > 0 } file) Report(file);
        if (Environment.GetEnvironmentVariable("BENCH_KILL_AT") is not { Length: > 0 } point) return;
        var log = Environment.GetEnvironmentVariable("BENCH_KILL_LOG") ?? throw new InvalidOperationException("BENCH_KILL_LOG is not set.");
        var colon = point.LastIndexOf(':');
        var count = int.Parse(point[(colon + 1)..], CultureInfo.InvariantCulture);
        DiagnosticListener.AllListeners.Subscribe(new Killer(point[..colon], count, log));
    }

    private static void Report(string file)
    {
        var thread = new Thread(() =>
        {
            while (true)
            {
                // Beside and then over: a reader never sees half a line.
                File.WriteAllText(file + ".new", string.Create(CultureInfo.InvariantCulture,
                    $"{GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)} {GC.GetTotalPauseDuration().TotalMilliseconds:F0} {GC.GetTotalMemory(false)}"));
                File.Move(file + ".new", file, overwrite: true);
                Thread.Sleep(1000);
            }
        })
        { IsBackground = true, Name = "bench-runtime" };
        thread.Start();
    }

    private sealed class Killer(string name, int count, string log) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
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
            File.AppendAllText(log, name + "\n");
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
