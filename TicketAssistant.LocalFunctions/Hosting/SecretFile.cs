using System.Diagnostics;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>A secret that is made once and kept in a file that only its owner can read.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>Reads the file, or makes it with a new secret. Of several that make it at once, one wins and all get its secret.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The setting that would make the file unnecessary, for the error messages.</param>
    /// <param name="generate">Makes a secret.</param>
    /// <exception cref="HostStartException">The file is empty, or cannot be read or written.</exception>
    public static string ReadOrCreate(string path, string setting, Func<string> generate)
    {
        try
        {
            if (!File.Exists(path)) CreateOnce(path, generate);
            var secret = File.ReadAllText(path).Trim();
            return secret.Length > 0
                ? secret
                : throw new HostStartException($"The file '{path}' is empty. Delete it to have a new secret made, or set {setting}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"The file '{path}' cannot be read or written: {e.Message} Set {setting}, or Local__DataDirectory to another folder.", e);
        }
    }

    /// <summary>Makes a folder that only its owner can enter; an existing one stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static void CreateOnce(string path, Func<string> generate)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        // File.Move looks whether the target is there before it renames: two at once would both find nothing.
        using var turn = TakeTurn($"{path}.lock");
        if (!File.Exists(path)) Create(path, generate());
    }

    private static FileStream TakeTurn(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && waited.Elapsed < LongestTurn)
            {
                // Somebody else is at it.
            }
        }
    }

    private static void Create(string path, string secret)
    {
        // Under another name until it is whole and on disk: a process killed on the way leaves no empty secret behind.
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var file = new FileStream(draft, options))
            using (var writer = new StreamWriter(file))
            {
                writer.WriteLine(secret);
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
