using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// A disk that breaks at the n-th write, sync or truncation of the SQLite files in one folder, and stays broken until it is
/// healed. It stands between SQLite and its own access to files; files elsewhere are left alone.
/// </summary>
internal sealed unsafe class FaultyDisk : IDisposable
{
    // Where the methods are in SQLite's tables, in pointers: of sqlite3_vfs after three ints, the next, the name and the data.
    private const int VfsPointers = 21;
    private const int VfsOpen = 5;
    private const int FilePointers = 19;
    private const int FileClose = 1;
    private const int FileWrite = 3;
    private const int FileTruncate = 4;
    private const int FileSync = 5;

    private static readonly ConcurrentDictionary<string, FaultyDisk> s_disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, (FaultyDisk Disk, nint Methods)> s_files = new();
    private static readonly ConcurrentDictionary<nint, nint> s_tables = new();
    private static readonly nint s_original = Register();

    private readonly string _folder;
    private int _operations;
    private int _breaksAt = int.MaxValue;
    private int _refused;

    public FaultyDisk(string folder)
    {
        RuntimeHelpers.RunClassConstructor(typeof(FaultyDisk).TypeHandle);
        s_disks[_folder = folder] = this;
    }

    /// <summary>How many operations it has refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Breaks at the n-th operation from now on, counted from 1.</summary>
    public void BreakAt(int n)
    {
        Volatile.Write(ref _operations, 0);
        Volatile.Write(ref _refused, 0);
        Volatile.Write(ref _breaksAt, n);
    }

    /// <summary>Works again.</summary>
    public void Heal() => Volatile.Write(ref _breaksAt, int.MaxValue);

    public void Dispose() => s_disks.TryRemove(_folder, out _);

    private bool Refuses()
    {
        if (Interlocked.Increment(ref _operations) < Volatile.Read(ref _breaksAt)) return false;
        Interlocked.Increment(ref _refused);
        return true;
    }

    /// <summary>Puts a copy of SQLite's own table in front of it, with another way to open files.</summary>
    private static nint Register()
    {
        Batteries_V2.Init();
        var original = (nint*)sqlite3_vfs_find(0);
        var copy = (nint*)NativeMemory.Alloc((nuint)(VfsPointers * sizeof(nint)));
        new Span<nint>(original, VfsPointers).CopyTo(new Span<nint>(copy, VfsPointers));
        copy[VfsOpen] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, nint, int, int*, int>)&Open;
        // The name has to be another one, or it would take the original's place in the list.
        copy[VfsOpen - 2] = Marshal.StringToCoTaskMemUTF8("faulty");
        if (sqlite3_vfs_register((nint)copy, 1) != raw.SQLITE_OK) throw new InvalidOperationException("SQLite refused the disk.");
        return (nint)original;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* name, nint file, int flags, int* outFlags)
    {
        var open = (delegate* unmanaged[Cdecl]<nint, byte*, nint, int, int*, int>)((nint*)s_original)[VfsOpen];
        var result = open(s_original, name, file, flags, outFlags);
        if (result != raw.SQLITE_OK || name is null || Path.GetDirectoryName(Marshal.PtrToStringUTF8((nint)name)) is not { } folder) return result;
        if (!s_disks.TryGetValue(folder, out var disk)) return result;
        var methods = *(nint*)file;
        s_files[file] = (disk, methods);
        *(nint*)file = s_tables.GetOrAdd(methods, Wrap);
        return result;
    }

    private static nint Wrap(nint methods)
    {
        var table = (nint*)NativeMemory.Alloc((nuint)(FilePointers * sizeof(nint)));
        new Span<nint>((void*)methods, FilePointers).CopyTo(new Span<nint>(table, FilePointers));
        table[FileClose] = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&Close;
        table[FileWrite] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)&Write;
        table[FileTruncate] = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&Truncate;
        table[FileSync] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
        return (nint)table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        s_files.TryRemove(file, out var entry);
        *(nint*)file = entry.Methods;
        return ((delegate* unmanaged[Cdecl]<nint, int>)((nint*)entry.Methods)[FileClose])(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, nint bytes, int count, long offset)
    {
        var (disk, methods) = s_files[file];
        return disk.Refuses()
            ? raw.SQLITE_IOERR_WRITE
            : ((delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)((nint*)methods)[FileWrite])(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long length)
    {
        var (disk, methods) = s_files[file];
        return disk.Refuses() ? raw.SQLITE_IOERR_TRUNCATE : ((delegate* unmanaged[Cdecl]<nint, long, int>)((nint*)methods)[FileTruncate])(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var (disk, methods) = s_files[file];
        return disk.Refuses() ? raw.SQLITE_IOERR_FSYNC : ((delegate* unmanaged[Cdecl]<nint, int, int>)((nint*)methods)[FileSync])(file, flags);
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint sqlite3_vfs_find(nint name);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_vfs_register(nint vfs, int makeDefault);
}
