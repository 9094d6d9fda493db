using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>Takes connections on loopback and never says a word.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _open = [];

    public SilentServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _open) socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _open.Add(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
