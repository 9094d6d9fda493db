using System.IO.Compression;
using System.Security.Cryptography;

namespace TicketAssistant.Functions.Web;

/// <summary>One file of the web app, whole in memory. What compresses is compressed once, when somebody first asks for it so.</summary>
internal sealed class WebFile
{
    // Near the best that Brotli can do, for a hundredth of the time: the first visitor waits for it.
    private const int BrotliQuality = 9;
    private const int BrotliWindow = 18;

    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    /// <param name="path">Its path within the app, without a leading slash; the extension decides the type.</param>
    /// <param name="content">Its bytes.</param>
    public WebFile(string path, byte[] content)
    {
        Path = path;
        Content = content;
        Hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        ContentType = TypeOf(path);
        _brotli = new Lazy<byte[]>(() => Brotli(content));
        _gzip = new Lazy<byte[]>(() => Gzip(content));
    }

    public string Path { get; }

    public byte[] Content { get; }

    /// <summary>16 hexadecimal digits that change with the content.</summary>
    public string Hash { get; }

    public string ContentType { get; }

    /// <summary>The content in the best encoding that a client takes.</summary>
    /// <param name="acceptEncoding">The request's Accept-Encoding.</param>
    /// <returns>The bytes, and the Content-Encoding; null for none.</returns>
    public (byte[] Content, string? Encoding) In(AcceptedEncodings acceptEncoding) => acceptEncoding switch
    {
        { Brotli: true } => (_brotli.Value, "br"),
        { Gzip: true } => (_gzip.Value, "gzip"),
        _ => (Content, null),
    };

    private static byte[] Brotli(byte[] content)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        if (!BrotliEncoder.TryCompress(content, buffer, out var length, BrotliQuality, BrotliWindow))
            throw new InvalidOperationException("The longest possible result was too long.");
        return buffer[..length];
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(content);
        return packed.ToArray();
    }

    private static string TypeOf(string path) => System.IO.Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        ".webmanifest" => "application/manifest+json",
        _ => throw new InvalidOperationException($"What type is {path}?"),
    };
}
