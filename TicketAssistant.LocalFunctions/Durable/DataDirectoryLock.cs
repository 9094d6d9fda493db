namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Keeps a second process out of a data directory for as long as this object lives, or the process does.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="DataDirectoryInUseException">Another process holds it.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "durable.lock");
        try
        {
            // FileShare.None is an advisory lock on Unix; the kernel gives it back whatever way the process ends.
            return new DataDirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DataDirectoryInUseException(directory, e);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>A second process was started on a data directory that is in use.</summary>
internal sealed class DataDirectoryInUseException(string directory, Exception innerException) : Exception(
    $"The data directory '{directory}' is in use by another process. Stop that one, or set Local__DataDirectory to another folder.",
    innerException);
