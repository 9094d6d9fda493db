using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TicketAssistant.Functions.Web;

/// <summary>
/// The files of <c>wwwroot/</c>, embedded, because the app's folder can be anywhere and read-only. What is under
/// <c>app/</c> has a second address with the version in it, <c>app/{version}/…</c>, whose content never changes; the start
/// page uses those, and as all modules import each other relatively, so does everything after it.
/// </summary>
internal sealed class WebFiles
{
    private const string ResourcePrefix = "web/";
    private const string Folder = "app/";
    private const string IndexPath = "index.html";

    private readonly Dictionary<string, WebFile> _files;
    private readonly string _versionPrefix;

    /// <summary>Reads them all.</summary>
    public WebFiles()
    {
        var sources = Load();
        Version = Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Join('\n', sources.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => $"{f.Path} {f.Hash}")))))[..12];
        _versionPrefix = $"{Folder}{Version}/";
        _files = sources.ToDictionary(file => file.Path, StringComparer.Ordinal);
        Index = new WebFile(IndexPath, Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(_files[IndexPath].Content).Replace($"\"/{Folder}", $"\"/{_versionPrefix}", StringComparison.Ordinal)));
        _files[IndexPath] = Index;
    }

    /// <summary>Changes whenever a file does.</summary>
    public string Version { get; }

    /// <summary>What every page path answers with: the app finds out by itself what to show.</summary>
    public WebFile Index { get; }

    /// <summary>The file at a path, or null.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <returns>The file, and whether this address will never have another content.</returns>
    public (WebFile File, bool Immutable)? Find(string path)
    {
        if (_files.TryGetValue(path, out var file)) return (file, false);
        return path.StartsWith(_versionPrefix, StringComparison.Ordinal) && _files.TryGetValue(Folder + path[_versionPrefix.Length..], out file)
            ? (file, true)
            : null;
    }

    private static List<WebFile> Load()
    {
        var assembly = typeof(WebFiles).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                // Built on Windows, the names of folders end in a backslash.
                .Select(name => new WebFile(name[ResourcePrefix.Length..].Replace('\\', '/'), Read(assembly, name))),
        ];
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
