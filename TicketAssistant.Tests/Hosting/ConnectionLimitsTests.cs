using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>Clients that are slow, many or rude, on real sockets, while the others are served.</summary>
public sealed class ConnectionLimitsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<TcpClient> _clients = [];
    private LocalHostHarness _app = null!;

    public async ValueTask InitializeAsync() => _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
    {
        ["Local__MaxConnections"] = "12",
        ["Local__HeaderTimeoutSeconds"] = "2",
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_head_that_does_not_come_to_an_end_is_given_up()
    {
        var slow = await ConnectAsync("GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow:");

        var (text, took) = await ReadToEndAsync(slow);

        Assert.StartsWith("HTTP/1.1 408", text, StringComparison.Ordinal);
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_and_others_are_served_meanwhile()
    {
        var slow = await ConnectAsync("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{");
        var end = ReadToEndAsync(slow);

        Assert.Equal(HttpStatusCode.OK, (await new ApiClient(_app.Client).GetAsync("/api/health")).Status);
        var (text, took) = await end;

        Assert.StartsWith("HTTP/1.1 408", text, StringComparison.Ordinal);
        Assert.InRange(took, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_flood_of_connections_is_cut_off_and_who_is_there_goes_on()
    {
        var client = new ApiClient(_app.Client);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/health")).Status); // its connection stays open
        var flood = new List<TcpClient>();
        for (var i = 0; i < 40; i++) flood.Add(await ConnectAsync(""));

        var refused = 0;
        foreach (var connection in flood)
        {
            if (await IsClosedAsync(connection, TimeSpan.FromMilliseconds(200))) refused++;
        }

        Assert.InRange(refused, 40 - 12, 40);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/health")).Status);
        foreach (var connection in flood) connection.Dispose();
        await AssertAnswersAsync(); // and a new one gets in again
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 9_000, "HTTP/1.1 414")]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Long: {0}\r\n\r\n", 40_000, "HTTP/1.1 431")]
    public async Task A_head_that_is_too_long_is_refused(string request, int length, string status)
    {
        var client = await ConnectAsync(string.Format(CultureInfo.InvariantCulture, request, new string('a', length)));

        Assert.StartsWith(status, (await ReadToEndAsync(client)).Text, StringComparison.Ordinal);
    }

    private async Task<TcpClient> ConnectAsync(string text)
    {
        var client = new TcpClient();
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, _app.BaseAddress.Port);
        if (text.Length > 0) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    private static async Task<(string Text, TimeSpan Took)> ReadToEndAsync(TcpClient client)
    {
        var clock = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int length; (length = await client.GetStream().ReadAsync(buffer, limit.Token)) > 0;) text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            text.Append("(reset)"); // after the answer: what was still on its way to the server is thrown away
        }

        return (text.ToString(), clock.Elapsed);
    }

    private static async Task<bool> IsClosedAsync(TcpClient client, TimeSpan wait)
    {
        using var limit = new CancellationTokenSource(wait);
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], limit.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task AssertAnswersAsync()
    {
        for (var i = 0; i < 50; i++)
        {
            var client = await ConnectAsync("GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            if ((await ReadToEndAsync(client)).Text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) return;
            await Task.Delay(100);
        }

        Assert.Fail("No new connection was served after the flood.");
    }
}
