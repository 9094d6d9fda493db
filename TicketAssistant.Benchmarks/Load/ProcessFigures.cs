using System.Globalization;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>What the system and the runtime say of a process. Memory in MB (10^6 bytes), the pause in milliseconds.</summary>
internal sealed record ProcessFigures(double RssMb, double PeakRssMb, int OpenFiles, double CpuSeconds, int Gen0, int Gen1, int Gen2, double PauseMs, double HeapMb)
{
    /// <summary>Now; Linux only.</summary>
    public static ProcessFigures Of(AppUnderTest app)
    {
        var status = File.ReadAllLines($"/proc/{app.Id}/status");
        var stat = File.ReadAllText($"/proc/{app.Id}/stat");
        // After the name in brackets, which may hold spaces: user and system time are the 14th and 15th field, in hundredths.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var cpu = (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
        var runtime = Path.Combine(app.Folder, "runtime.txt");
        double[] gc = File.Exists(runtime)
            ? [.. File.ReadAllText(runtime).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))]
            : [0, 0, 0, 0, 0];
        return new(
            Kilobytes("VmRSS"), Kilobytes("VmHWM"), Directory.GetFileSystemEntries($"/proc/{app.Id}/fd").Length, cpu,
            (int)gc[0], (int)gc[1], (int)gc[2], gc[3], Math.Round(gc[4] / 1e6, 1));

        double Kilobytes(string name)
        {
            var line = status.First(l => l.StartsWith(name, StringComparison.Ordinal));
            return Math.Round(long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6, 1);
        }
    }
}
