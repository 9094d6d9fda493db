using System.Net;
using System.Net.Sockets;
using System.Text;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>The app as its user starts it, told by its environment where telemetry goes.</summary>
public sealed class TelemetryExportTests : IDisposable
{
    private const string Marker = "zebra-crossing-4711";
    private const string TraceId = "5cf92f3577b34da6a3ce929d0e0e4711";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_receiver_that_the_environment_names()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "tickets-of-acme",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=staging",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });
        await app.StartAsync();

        await PostAsync(app);

        foreach (var name in (string[])["POST /api/tickets", "orchestration:TriageOrchestrator", "activity:AssignTicket", "send assigned"])
            await UntilAsync(() => receiver.Has("/v1/traces", Encoding.UTF8.GetBytes(name)), name);
        foreach (var name in (string[])["tickets.accepted", "ticket.notification.duration", "http.server.request.duration", "durable.activity.duration"])
            await UntilAsync(() => receiver.Has("/v1/metrics", Encoding.UTF8.GetBytes(name)), name);
        await UntilAsync(() => receiver.Has("/v1/logs", "Created the first admin"u8), "a log line");
        Assert.All(receiver.Posts, post => Assert.Equal("application/x-protobuf", post.ContentType));
        foreach (var path in (string[])["/v1/traces", "/v1/metrics", "/v1/logs"])
        {
            Assert.True(receiver.Has(path, "tickets-of-acme"u8), path);
            Assert.True(receiver.Has(path, "staging"u8), path);
            Assert.False(receiver.Has(path, Encoding.UTF8.GetBytes(Marker)), path);
            Assert.False(receiver.Has(path, Encoding.UTF8.GetBytes(AppProcess.AdminEmail)), path);
        }

        // The trace that the client began goes through to the mail.
        Assert.Contains(receiver.Posts, post =>
            post.Path == "/v1/traces"
            && post.Body.AsSpan().IndexOf(Convert.FromHexString(TraceId)) >= 0
            && post.Body.AsSpan().IndexOf("send assigned"u8) >= 0);
    }

    [Fact]
    public async Task What_is_left_is_sent_when_the_app_stops()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{receiver.Endpoint}/elsewhere/traces",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "600000",
        });
        await app.StartAsync();
        await PostAsync(app);

        app.Terminate();

        Assert.Equal(0, await app.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(receiver.Has("/elsewhere/traces", "send assigned"u8));
        // One kind has an address of its own, and only that kind goes out.
        Assert.All(receiver.Posts, post => Assert.Equal("/elsewhere/traces", post.Path));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_receiver_that_is_down_or_silent_disturbs_nobody(bool listens)
    {
        // It accepts connections and never says a word.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        if (listens) silent.Start();
        var port = listens ? ((IPEndPoint)silent.LocalEndpoint).Port : AppProcess.FreePort();
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
        });
        await app.StartAsync();

        await PostAsync(app);
        app.Terminate();

        Assert.Equal(0, await app.WaitForExitAsync(TimeSpan.FromSeconds(45)));
        Assert.DoesNotContain("Unhandled exception", app.Output, StringComparison.Ordinal);
    }

    /// <summary>Has a ticket come in, as part of a trace that the client began, and waits until its assignee has the mail.</summary>
    private async Task PostAsync(AppProcess app)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = app.BaseAddress };
        var admin = await new ApiClient(http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync($"mia.{Marker}@example.com", "Kafka");
        var user = await new ApiClient(http).SignUpAsync($"ben.{Marker}@example.com");
        var posted = await user.PostAsync(
            "/api/tickets",
            new { title = $"Kafka {Marker} lags", description = $"The Kafka consumer lags. {Marker}" },
            ("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01"));
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        var ledger = new SqliteLedger(_folder.Path);
        await UntilAsync(() => ledger.Sent().Count > 0, "the mail");
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var i = 0; i < 600 && !condition(); i++) await Task.Delay(50);
        Assert.True(condition(), $"Within 30 s there was no sign of {what}.");
    }
}
