using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Stands between the app and a loopback server and breaks what passes.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly IPEndPoint _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Pair, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private volatile ProxyFault _fault;

    public FaultyProxy(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on this happens, on open connections too.</summary>
    public void Break(ProxyFault fault) => _fault = fault;

    /// <summary>All is well again. What has lost bytes can't go on, and is broken.</summary>
    public void Heal()
    {
        _fault = ProxyFault.None;
        foreach (var pair in _open.Keys)
        {
            if (pair.HasLost) pair.Reset();
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        foreach (var pair in _open.Keys) pair.Reset();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var pair = new Pair(client, server);
        _open[pair] = 0;
        try
        {
            await server.ConnectAsync(_target, _end.Token);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(PumpAsync(pair, client, server, isAnswer: false), PumpAsync(pair, server, client, isAnswer: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is away: so is the client's connection.
        }
        finally
        {
            _open.TryRemove(pair, out _);
            pair.Close();
        }
    }

    private async Task PumpAsync(Pair pair, Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
            {
                switch (_fault)
                {
                    case ProxyFault.Drop:
                        pair.HasLost = true;
                        continue;
                    case ProxyFault.Delay:
                        await Task.Delay(Random.Shared.Next(200, 1200), _end.Token);
                        break;
                    case ProxyFault.Reset:
                        pair.Reset();
                        return;
                    case ProxyFault.Truncate when isAnswer:
                        await to.SendAsync(buffer.AsMemory(0, Random.Shared.Next(count)), _end.Token);
                        return;
                }

                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Broken by one of the two, or by us.
        }
    }

    private sealed class Pair(Socket client, Socket server)
    {
        public volatile bool HasLost;

        /// <summary>Without a farewell: the other side sees a reset.</summary>
        public void Reset()
        {
            client.Close(0);
            server.Close(0);
        }

        public void Close()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
