using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Loaded into the app under test by DOTNET_STARTUP_HOOKS. Writes what only the process itself knows into the file that
/// BENCH_RUNTIME names, once a second, as one line: collections of each generation, pause in milliseconds, heap in bytes.
/// As soon as the file that BENCH_KILL_FILE names holds <c>name:count</c>, it takes the file away and kills the process, as kill -9
/// would, right after that checkpoint has been reached so often again; it writes the name into the file's <c>.log</c> first.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("BENCH_RUNTIME") is { Length: > 0 } file) Report(file);
        if (Environment.GetEnvironmentVariable("BENCH_KILL_FILE") is { Length: > 0 } order) DiagnosticListener.AllListeners.Subscribe(new Killer(order));
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

    private sealed class Killer : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly string _file;
        private volatile Order? _order;

        public Killer(string file)
        {
            _file = file;
            new Thread(Watch) { IsBackground = true, Name = "bench-killer" }.Start();
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "TicketAssistant.Checkpoints") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (_order is not { } order || value.Key != order.Name || Interlocked.Decrement(ref order.Left) != 0) return;
            File.AppendAllText(_file + ".log", order.Name + "\n");
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

        private void Watch()
        {
            while (!File.Exists(_file)) Thread.Sleep(20);
            var point = File.ReadAllText(_file);
            File.Delete(_file);
            var colon = point.LastIndexOf(':');
            _order = new Order(point[..colon], int.Parse(point[(colon + 1)..], CultureInfo.InvariantCulture));
        }

        private sealed class Order(string name, int count)
        {
            public int Left = count;

            public string Name => name;
        }
    }
}
