using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>
/// Sends bytes and reads what comes, one connection a request: an HTTP client would not send what must be tried here.
/// </summary>
internal static class RawConnection
{
    // A stream of events never ends by itself; its beginning is enough.
    private static readonly TimeSpan StreamTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The answer; <see cref="FuzzReply.None"/> where the connection was closed without one.</summary>
    /// <exception cref="TimeoutException">Neither an answer nor an end within 20 seconds.</exception>
    public static async Task<FuzzReply> SendAsync(int port, ReadOnlyMemory<byte> request)
    {
        using var end = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, end.Token);
            await using var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(request, end.Token);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Refused before it was whole: the answer may be there all the same.
            }

            var reading = ReadAsync(stream, end);
            // The rest of what was cut short would otherwise be waited for.
            if (await Task.WhenAny(reading, Task.Delay(RestTime)) != reading && client.Connected) client.Client.Shutdown(SocketShutdown.Send);
            return await reading;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("No answer and no end within 20 s.");
        }
    }

    private static async Task<FuzzReply> ReadAsync(NetworkStream stream, CancellationTokenSource end)
    {
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var isStream = false;
        try
        {
            while (true)
            {
                var length = await stream.ReadAsync(buffer, end.Token);
                if (length == 0) break;
                received.Write(buffer, 0, length);
                if (isStream || !Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length).Contains("text/event-stream", StringComparison.Ordinal)) continue;
                isStream = true;
                end.CancelAfter(StreamTime);
            }
        }
        catch (OperationCanceledException) when (isStream)
        {
            // Seen enough of it.
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Reset: what came until then is the answer.
        }

        return Parse(received.ToArray());
    }

    private static FuzzReply Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return FuzzReply.None;
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        if (lines[0].Split(' ') is not [_, var code, ..] || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)) return FuzzReply.None;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = bytes[(end + 4)..];
        return new FuzzReply(status, headers, headers.GetValueOrDefault("transfer-encoding") == "chunked" ? Unchunk(body) : body);
    }

    private static byte[] Unchunk(byte[] body)
    {
        var whole = new MemoryStream();
        for (var at = 0; at < body.Length;)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            if (line < 0 || !int.TryParse(Encoding.Latin1.GetString(body, at, line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size == 0) break;
            at += line + 2;
            whole.Write(body, at, Math.Min(size, body.Length - at));
            at += size + 2;
        }

        return whole.ToArray();
    }
}
