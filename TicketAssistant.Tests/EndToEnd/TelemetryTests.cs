using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>One ticket through the whole app with OpenTelemetry listening: one trace, and nothing in it that is a person's.</summary>
[Collection("spans")]
public sealed class TelemetryTests : IAsyncDisposable
{
    private const string Marker = "zebra-crossing-0815";

    private readonly TempFolder _folder = new();
    private readonly LoopbackSmtpServer _smtp = new();
    private readonly List<Activity> _spans = [];
    private readonly List<LogRecord> _logs = [];
    private readonly List<MetricSnapshot> _metrics = [];

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_ticket_is_one_trace_from_the_request_to_the_model_the_store_and_the_mail()
    {
        await using var database = MongoTestDatabase.Open();
        await using var model = await FakeModelServer.StartAsync();
        model.Otherwise = _ => FakeModelReply.Good("incident", "high", "Kafka");
        string id;
        await using (var app = await StartAsync(model, database))
        {
            id = await PostAsync(app);
        }

        var spans = Trace(id, out var request);
        Assert.Equal("POST /api/tickets", request.DisplayName);
        Assert.Equal(201, request.GetTagItem("http.response.status_code"));
        // Who asks is looked up before there is a ticket.
        Assert.All(
            spans.Where(span => !(span.ParentSpanId == request.SpanId && Equals(span.GetTagItem("db.collection.name"), "users"))),
            span => Assert.Equal(id, span.GetTagItem("ticket.id")));

        var chat = Assert.Single(spans, span => span.Source.Name == "TicketAssistant.Triage");
        Assert.Equal(
            ["chat", "activity:AnalyzeTicket", "orchestration:TriageOrchestrator", "POST"],
            Chain(spans, chat).Select(span => span.DisplayName.Split(' ')[0]));
        Assert.Equal("chat", chat.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("gemini-test-001", chat.GetTagItem("gen_ai.response.model"));
        Assert.Equal(120, Convert.ToInt32(chat.GetTagItem("gen_ai.usage.input_tokens"), CultureInfo.InvariantCulture));
        var call = Assert.Single(spans, span => span.ParentSpanId == chat.SpanId);
        Assert.Equal(("System.Net.Http", "POST", 200), (call.Source.Name, call.GetTagItem("http.request.method"), call.GetTagItem("http.response.status_code")));

        var mail = Assert.Single(spans, span => span.DisplayName == "send assigned");
        Assert.Equal(
            ["send", "activity:NotifyAssignee", "orchestration:TriageOrchestrator", "POST"],
            Chain(spans, mail).Select(span => span.DisplayName.Split(' ')[0]));
        Assert.Equal(("smtp", "send", "127.0.0.1", _smtp.Port), (
            mail.GetTagItem("messaging.system"), mail.GetTagItem("messaging.operation.type"), mail.GetTagItem("server.address"), mail.GetTagItem("server.port")));

        // The very write that gave the ticket to somebody, and the one that accepted it.
        // A connection that has to be opened for them greets the server first, in no database of ours.
        var claims = spans.Where(span => Equals(span.GetTagItem("db.system.name"), "mongodb") && span.DisplayName is not ("isMaster" or "hello")).ToList();
        Assert.Contains(claims, span => Chain(spans, span).Skip(1).First().DisplayName == "activity:AssignTicket");
        Assert.Contains(claims, span => Chain(spans, span).Skip(1).First() == request);
        Assert.All(claims, span =>
        {
            Assert.Equal(database.Name, span.GetTagItem("db.namespace"));
            Assert.NotNull(span.GetTagItem("db.operation.name"));
            Assert.NotNull(span.GetTagItem("server.address"));
            Assert.Null(span.GetTagItem("db.query.text"));
        });
        AssertNothingPersonal();
    }

    [Fact]
    public async Task Tickets_mails_and_requests_are_measured()
    {
        string id;
        await using (var app = await StartAsync(null, null))
        {
            id = await PostAsync(app);
        }

        Assert.NotEmpty(id);
        Assert.All(
            ["tickets.accepted", "tickets.assigned", "ticket.assignment.duration", "ticket.notification.duration", "mails", "triage.analyses", "durable.activity.duration", "http.server.request.duration", "dotnet.gc.collections"],
            name => Assert.Contains(_metrics, metric => metric.Name == name));
        var tags = TagsOf("mails").ToList();
        Assert.Contains(tags, tag => tag is ("mail.outcome", "sent"));
        Assert.Contains(tags, tag => tag is ("mail.kind", "assigned"));
        Assert.Contains(TagsOf("http.server.request.duration"), tag => tag is ("http.route", "/api/tickets"));
        AssertNothingPersonal();
    }

    [Fact]
    public async Task Servers_that_quote_tickets_and_addresses_in_their_errors_are_not_quoted_in_turn()
    {
        await using var model = await FakeModelServer.StartAsync();
        // As some servers do: the error holds the request.
        model.Otherwise = asked => new FakeModelReply
        {
            Status = 400,
            Body = JsonSerializer.Serialize(new { error = new { code = 400, message = $"Cannot process: {asked.Body}", status = "INVALID_ARGUMENT" } }),
        };
        string id;
        await using (var app = await StartAsync(model, null))
        {
            var ledger = new SqliteLedger(_folder.Path);
            id = await PostAsync(app, beforeTheTicket: async () =>
            {
                for (var i = 0; i < 200 && ledger.Owed().Count > 0; i++) await Task.Delay(50);
                _smtp.Order(SmtpFault.QuotesRecipient, SmtpFault.QuotesRecipient);
            });
        }

        var spans = Trace(id, out _);
        var chat = Assert.Single(spans, span => span.Source.Name == "TicketAssistant.Triage");
        Assert.Equal(ActivityStatusCode.Error, chat.Status);
        Assert.NotNull(chat.GetTagItem("error.type"));
        var mail = spans.First(span => span.DisplayName.StartsWith("send ", StringComparison.Ordinal) && span.Status == ActivityStatusCode.Error);
        Assert.Equal("450", mail.GetTagItem("error.type"));
        Assert.Contains(_logs, log => log.Body == "Activity {Activity} of '{InstanceId}' failed: {Type}: {Message}");
        AssertNothingPersonal();
    }

    private async Task<LocalHostHarness> StartAsync(FakeModelServer? model, MongoTestDatabase? database)
    {
        return await InProcessApp.StartAsync(
            _folder.Path,
            new Dictionary<string, string?>
            {
                // Nobody listens there: what goes out is looked at on its way.
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{AppProcess.FreePort()}",
                ["OTEL_SERVICE_NAME"] = "tickets-under-test",
                ["Gemini__Endpoint"] = model?.Endpoint.ToString(),
                ["Mongo__ConnectionString"] = database?.ConnectionString,
                ["Mongo__Database"] = database?.Name,
                ["Smtp__Host"] = "127.0.0.1",
                ["Smtp__Port"] = _smtp.Port.ToString(CultureInfo.InvariantCulture),
                ["Smtp__Security"] = "None",
            },
            configure: builder => builder.Services
                .ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(_spans))
                .ConfigureOpenTelemetryLoggerProvider(logs => logs.AddInMemoryExporter(_logs))
                .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(_metrics)));
    }

    /// <summary>Has a ticket come in and waits until its assignee has the mail.</summary>
    private async Task<string> PostAsync(LocalHostHarness app, Func<Task>? beforeTheTicket = null)
    {
        var admin = await new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync($"mia.{Marker}@example.com", "Kafka");
        var user = await new ApiClient(app.Client).SignUpAsync($"ben.{Marker}@example.com");
        if (beforeTheTicket is not null) await beforeTheTicket();
        var posted = await user.PostAsync("/api/tickets", new { title = $"Kafka {Marker} lags", description = $"The Kafka consumer lags. {Marker}" });
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        // What is asked for ends up in no telemetry either.
        await user.GetAsync($"/api/tickets?q={Marker}");
        await user.GetAsync($"/{Marker}@example.com");
        for (var i = 0; i < 600 && !_smtp.Messages.Any(mail => mail.MessageId!.StartsWith("assigned.", StringComparison.Ordinal)); i++) await Task.Delay(50);
        Assert.Contains(_smtp.Messages, mail => mail.MessageId!.StartsWith("assigned.", StringComparison.Ordinal));
        return posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
    }

    /// <summary>The spans of the trace in which the ticket was posted.</summary>
    private List<Activity> Trace(string ticketId, out Activity request)
    {
        request = Assert.Single(_spans, span => span.DisplayName == "POST /api/tickets" && Equals(span.GetTagItem("ticket.id"), ticketId));
        var trace = request.TraceId;
        // The model server is in this process, too, and what it makes of the trace is not the app's.
        var own = request;
        return [.. _spans.Where(span => span.TraceId == trace && (span == own || span.Kind != ActivityKind.Server))];
    }

    private static IEnumerable<Activity> Chain(List<Activity> spans, Activity from)
    {
        for (var span = from; span is not null; span = spans.Find(other => other.SpanId == span.ParentSpanId)) yield return span;
    }

    private IEnumerable<(string Key, string? Value)> TagsOf(string metric)
    {
        foreach (var snapshot in _metrics.Where(snapshot => snapshot.Name == metric))
        {
            foreach (var point in snapshot.MetricPoints)
            {
                foreach (var tag in point.Tags) yield return (tag.Key, tag.Value?.ToString());
            }
        }
    }

    /// <summary>Looks through everything that was exported.</summary>
    private void AssertNothingPersonal()
    {
        Assert.NotEmpty(_spans);
        Assert.NotEmpty(_logs);
        var told = new List<string?>();
        foreach (var span in _spans)
        {
            told.AddRange([span.DisplayName, span.OperationName, span.StatusDescription, span.TraceStateString]);
            told.AddRange(span.TagObjects.Select(tag => Convert.ToString(tag.Value, CultureInfo.InvariantCulture)));
            told.AddRange(span.Events.SelectMany(happened => happened.Tags.Select(tag => tag.Value?.ToString()).Append(happened.Name)));
            told.AddRange(span.Baggage.Select(item => item.Value));
            told.AddRange(span.Links.SelectMany(link => link.Tags ?? []).Select(tag => tag.Value?.ToString()));
        }

        foreach (var log in _logs)
        {
            told.AddRange([log.Body, log.FormattedMessage, log.Exception?.ToString(), log.CategoryName, log.EventId.Name]);
            told.AddRange((log.Attributes ?? []).Select(attribute => attribute.Value?.ToString()));
        }

        told.AddRange(_metrics.Select(metric => metric.Name).Distinct().SelectMany(TagsOf).Select(tag => tag.Value));
        Assert.DoesNotContain(told, text => text?.Contains(Marker, StringComparison.OrdinalIgnoreCase) == true);
        Assert.DoesNotContain(told, text => text?.Contains("@example.com", StringComparison.OrdinalIgnoreCase) == true);
        Assert.DoesNotContain(told, text => text?.Contains(AppProcess.AdminEmail, StringComparison.OrdinalIgnoreCase) == true);
    }
}
