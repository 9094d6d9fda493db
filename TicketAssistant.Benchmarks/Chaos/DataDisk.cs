using System.Diagnostics;
using System.Globalization;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>
/// Where the app's data are, and how that place is made full: a small file system in memory that is shrunk to what is in it,
/// where it may be mounted (ENOSPC); else a limit on the size of the process's files, which SQLite sees as a failed write
/// (EFBIG); else not at all.
/// </summary>
internal sealed class DataDisk : IDisposable
{
    private const long Size = 1L << 30;

    private readonly BenchmarkFolder _folder = new();
    private readonly bool _mounted;

    private DataDisk(string? wish)
    {
        Path = System.IO.Path.Combine(_folder.Path, "data");
        Directory.CreateDirectory(Path);
        _mounted = wish is null or "tmpfs" && Try("mount", "-t", "tmpfs", "-o", $"size={Size},mode=700", "tmpfs", Path);
        Kind = _mounted ? "tmpfs, shrunk to its contents (ENOSPC)"
            : wish is null or "rlimit" && Try("prlimit", "--version") ? "RLIMIT_FSIZE of the process (EFBIG)"
            : null;
        if (Kind is null && wish is not null and not "none") throw new InvalidOperationException($"--disk {wish} does not work here.");
    }

    /// <summary>The app's data directory.</summary>
    public string Path { get; }

    /// <summary>How it is made full; null where it can't be.</summary>
    public string? Kind { get; }

    /// <exception cref="InvalidOperationException">What was wished for does not work here.</exception>
    public static DataDisk Create(string? wish) => new(wish);

    /// <summary>From now on the app can't write any more; false where that did not work this time.</summary>
    public bool Fill(AppUnderTest app)
    {
        if (!_mounted) return Try("prlimit", "--pid", Text(app.Id), "--fsize=1:unlimited");
        // The app writes meanwhile: what was enough a moment ago may be too small, and is refused.
        for (var i = 0; i < 50; i++)
        {
            if (Remount(Used())) return true;
        }

        return false;
    }

    /// <summary>There is room again.</summary>
    public void Free(AppUnderTest app)
    {
        var isFree = _mounted ? Remount(Size) : app.HasExited || Try("prlimit", "--pid", Text(app.Id), "--fsize=unlimited:unlimited");
        if (!isFree) throw new InvalidOperationException("The disk could not be freed again.");
    }

    public void Dispose()
    {
        if (_mounted && !Try("umount", Path)) Console.Error.WriteLine($"{Path} could not be unmounted.");
        else _folder.Dispose();
    }

    private bool Remount(long size) => Try("mount", "-o", $"remount,size={Text(size)}", Path);

    private long Used()
    {
        var drive = new DriveInfo(Path);
        return drive.TotalSize - drive.TotalFreeSpace;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Try(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
