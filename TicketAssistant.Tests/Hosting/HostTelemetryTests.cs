using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>What the host tells of requests, and the trace context that it gives to functions.</summary>
public sealed class HostTelemetryTests : IAsyncLifetime
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Caller = $"00-{Trace}-00f067aa0ba902b7-01";

    private readonly ConcurrentQueue<Activity> _spans = new();
    private LocalHostHarness _host = null!;

    public async ValueTask InitializeAsync() => _host = await Hosts.StartAsync(typeof(HostTelemetryFunctions));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_request_is_a_span_named_after_its_route_with_neither_path_nor_query()
    {
        using var listener = Listen();
        await SendAsync(HttpMethod.Get, "/items/7d444840-9dc0-11d1-b245-5ffdce74fad2?code=secret-key&name=mia@example.com");

        var span = await SpanAsync();
        Assert.Equal("GET /items/{id:guid}", span.DisplayName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal("00f067aa0ba902b7", span.ParentSpanId.ToHexString());
        Assert.Equal(("/items/{id:guid}", "GET", 200), (span.GetTagItem("http.route"), span.GetTagItem("http.request.method"), span.GetTagItem("http.response.status_code")));
        var told = string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.DoesNotContain("secret-key", told);
        Assert.DoesNotContain("mia@", told);
        Assert.DoesNotContain("7d444840", told);
    }

    [Fact]
    public async Task A_request_that_no_function_takes_is_named_after_its_method_alone()
    {
        using var listener = Listen();
        await SendAsync(HttpMethod.Get, "/nothing/here/mia@example.com");

        var span = await SpanAsync();
        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain("mia@", string.Join(' ', span.TagObjects.Select(tag => tag.Value)));
    }

    [Fact]
    public async Task A_method_of_the_callers_own_making_is_not_passed_on()
    {
        using var listener = Listen();
        await SendAsync(new HttpMethod("MIA"), "/items/7d444840-9dc0-11d1-b245-5ffdce74fad2");

        var span = await SpanAsync();
        Assert.Equal(("HTTP", "_OTHER"), (span.DisplayName, span.GetTagItem("http.request.method")));
    }

    [Fact]
    public async Task A_request_that_fails_is_a_failed_span_and_counted_with_its_route()
    {
        var measured = new ConcurrentQueue<Dictionary<string, object?>>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.server.request.duration") listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.Enqueue(new Dictionary<string, object?>(tags.ToArray())));
        meters.Start();
        using var listener = Listen();
        await SendAsync(HttpMethod.Get, "/fails");

        var span = await SpanAsync();
        Assert.Equal((ActivityStatusCode.Error, "500"), (span.Status, span.GetTagItem("error.type")));
        Assert.Null(span.StatusDescription);
        await Hosts.Until(() => measured.Any(tags => Equals(tags.GetValueOrDefault("http.route"), "/fails")));
        Assert.Equal(500, measured.First(tags => Equals(tags.GetValueOrDefault("http.route"), "/fails"))["http.response.status_code"]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Functions_of_every_kind_are_given_the_trace_of_the_request_whether_or_not_anybody_listens(bool listening)
    {
        using var listener = listening ? Listen() : null;
        var id = Guid.NewGuid().ToString("N");
        await SendAsync(HttpMethod.Post, $"/begin/{id}");

        var (http, orchestration, activity) = (Given("Begin"), Given("Traced"), Given("TracedStep"));
        Assert.All([http, orchestration, activity], given => Assert.StartsWith($"00-{Trace}-", given.Parent));
        Assert.All([http, orchestration, activity], given => Assert.Equal("vendor=1", given.State));

        (string Parent, string State) Given(string function) => HostTelemetryFunctions.Given[$"{function} {id}"];
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "TicketAssistant.DurableEngine",
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == Trace && span.Source.Name == "Microsoft.AspNetCore") _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private async Task SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("traceparent", Caller);
        request.Headers.Add("tracestate", "vendor=1");
        using var response = await _host.Client.SendAsync(request);
    }

    /// <summary>The span of the request; it ends a moment after the answer is there.</summary>
    private async Task<Activity> SpanAsync()
    {
        await Hosts.Until(() => !_spans.IsEmpty);
        return Assert.Single(_spans);
    }
}
