using System.Net;
using System.Net.Sockets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>What a user sees, of the whole app in a process of its own, when it cannot start.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task A_port_in_use_ends_the_process_with_one_line()
    {
        using var folder = new TempFolder();
        await using var app = new AppProcess(folder);
        using var other = new TcpListener(IPAddress.Loopback, app.Port);
        other.Start();

        await app.StartAsync(waitUntilReady: false);
        var code = await app.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, code);
        Assert.Contains($":{app.Port}: address already in use. Stop the other process, or choose another port with --port.", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", app.Output, StringComparison.Ordinal);
    }
}
