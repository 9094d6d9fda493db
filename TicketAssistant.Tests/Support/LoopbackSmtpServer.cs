using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// A mail server on a loopback port: enough of RFC 5321 for one client at a time or many, with faults to order. Keeps what it
/// was given, whether or not it got to say so.
/// </summary>
internal sealed class LoopbackSmtpServer : IAsyncDisposable
{
    /// <summary>How late each answer comes with <see cref="SmtpFault.SlowSteps"/>.</summary>
    public static readonly TimeSpan StepDelay = TimeSpan.FromMilliseconds(400);

    private readonly TcpListener listener = new(IPAddress.Any, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<SmtpFault> faults = new();
    private readonly ConcurrentQueue<byte[]> messages = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly NetworkCredential? credentials;
    private readonly Task accepting;

    /// <summary>Starts to listen; with credentials it offers AUTH, and takes no mail without.</summary>
    public LoopbackSmtpServer(NetworkCredential? credentials = null)
    {
        this.credentials = credentials;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every message that arrived in full, in order.</summary>
    public IReadOnlyList<MimeMessage> Messages => [.. messages.Select(bytes => MimeMessage.Load(new MemoryStream(bytes)))];

    public IReadOnlyList<byte[]> RawMessages => [.. messages];

    /// <summary>Every command line, in order.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    /// <summary>The next connections that have no fault ordered yet get these, in order; after them all is well.</summary>
    public void Order(params SmtpFault[] next)
    {
        foreach (var fault in next) faults.Enqueue(fault);
    }

    /// <summary>A loopback port that nobody listens on.</summary>
    public static int UnusedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                var fault = faults.TryDequeue(out var ordered) ? ordered : SmtpFault.None;
                connections.Add(ServeAsync(client, fault));
            }
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The end: the listener is gone, whether before or during the wait.
        }
    }

    private async Task ServeAsync(TcpClient client, SmtpFault fault)
    {
        using (client)
        {
            try
            {
                await ConverseAsync(client.GetStream(), fault);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client went away, or the server was stopped.
            }
        }
    }

    private async Task ConverseAsync(NetworkStream stream, SmtpFault fault)
    {
        // Latin1 keeps every byte as one character, so that messages are recorded as they came.
        using var reader = new StreamReader(stream, Encoding.Latin1);
        if (fault == SmtpFault.SilentGreeting) await Task.Delay(Timeout.Infinite, stop.Token);
        await ReplyAsync("220 loopback ESMTP");
        var loggedIn = credentials is null;

        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            commands.Enqueue(line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await ReplyAsync(credentials is null ? "250-loopback\r\n250 8BITMIME" : "250-loopback\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN");
                    break;
                case "AUTH":
                    loggedIn = await AuthenticateAsync(line);
                    await ReplyAsync(loggedIn ? "235 2.7.0 welcome" : "535 5.7.8 wrong user or password");
                    break;
                case "MAIL":
                    await ReplyAsync(loggedIn ? "250 ok" : "530 5.7.0 log in first");
                    break;
                case "RCPT":
                    await ReplyAsync(fault switch
                    {
                        SmtpFault.MailboxBusy => "450 4.2.1 mailbox busy",
                        SmtpFault.QuotesRecipient => $"450 4.2.1 {line[(line.IndexOf(':') + 1)..]} is busy",
                        SmtpFault.NoSuchMailbox => "550 5.1.1 no such mailbox",
                        SmtpFault.MailboxFull => "552 5.2.2 mailbox full",
                        SmtpFault.TooManyMails => "550 5.7.0 too many emails per second",
                        _ => "250 ok",
                    });
                    break;
                case "DATA":
                    await ReplyAsync("354 go on");
                    if (!await ReceiveAsync()) return;
                    await ReplyAsync("250 2.0.0 taken");
                    break;
                case "QUIT":
                    if (fault == SmtpFault.SilentQuit) await Task.Delay(Timeout.Infinite, stop.Token);
                    await ReplyAsync("221 bye");
                    return;
                default:
                    await ReplyAsync("250 ok");
                    break;
            }
        }

        async Task ReplyAsync(string reply)
        {
            if (fault == SmtpFault.SlowSteps) await Task.Delay(StepDelay, stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), stop.Token);
        }

        async Task<bool> AuthenticateAsync(string line)
        {
            var words = line.Split(' ');
            string[] given;
            if (words[1].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
            {
                given = Decode(words.Length > 2 ? words[2] : await AskAsync("334 ")).Split('\0')[1..];
            }
            else
            {
                var user = words.Length > 2 ? words[2] : await AskAsync("334 VXNlcm5hbWU6");
                given = [Decode(user), Decode(await AskAsync("334 UGFzc3dvcmQ6"))];
            }

            return given.SequenceEqual([credentials!.UserName, credentials.Password]);
        }

        async Task<string> AskAsync(string question)
        {
            await ReplyAsync(question);
            return await reader.ReadLineAsync(stop.Token) ?? "";
        }

        async Task<bool> ReceiveAsync()
        {
            var message = new StringBuilder();
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (fault == SmtpFault.DropInData) return false;
                if (line == ".")
                {
                    messages.Enqueue(Encoding.Latin1.GetBytes(message.ToString()));
                    return fault != SmtpFault.DropAfterFinalDot;
                }

                message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return false;
        }
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
