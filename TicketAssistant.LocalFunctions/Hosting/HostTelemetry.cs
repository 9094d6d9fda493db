using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// What the real host would tell of itself: a span a request, by ASP.NET Core's own source, completed here with what it cannot
/// know, and a span a timer's run. Paths and queries are in none: people type names and addresses into them, and links hold tokens.
/// </summary>
internal static class HostTelemetry
{
    /// <summary>The name of the source of timers' spans.</summary>
    public const string Name = "TicketAssistant.LocalFunctions";

    private const string RequestsName = "Microsoft.AspNetCore";
    private const string RequestMeterName = "Microsoft.AspNetCore.Hosting";

    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Has OpenTelemetry, where the app sets it up, collect what the host measures; changes nothing where it does not.</summary>
    public static void Offer(IServiceCollection services) => services
        .ConfigureOpenTelemetryTracerProvider(traces => traces.AddSource(RequestsName, Name, EngineTelemetry.Name))
        .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(RequestMeterName, EngineTelemetry.Name));

    /// <summary>A request has found what answers it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="route">The route's template.</param>
    public static void Routed(HttpContext http, string route)
    {
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("http.route", route));
        if (SpanOf(http) is not { } span) return;
        span.DisplayName = $"{Method(http) ?? "HTTP"} {route}";
        span.SetTag("http.route", route);
    }

    /// <summary>A request has its answer.</summary>
    public static void Answered(HttpContext http)
    {
        if (SpanOf(http) is not { } span) return;
        var status = http.Response.StatusCode;
        if (span.GetTagItem("http.route") is null) span.DisplayName = Method(http) ?? "HTTP";
        span.SetTag("http.request.method", Method(http) ?? "_OTHER")
            .SetTag("http.response.status_code", status)
            .SetTag("url.scheme", http.Request.Scheme)
            .SetTag("url.path", null)
            .SetTag("url.query", null)
            .SetTag("user_agent.original", null);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", $"{status}");
    }

    /// <summary>Begins a timer's run, a trace of its own; disposing ends it.</summary>
    public static Activity? Timer(string function) => s_source.HasListeners()
        ? s_source.StartActivity($"timer:{function}", ActivityKind.Internal, parentContext: default, tags:
            [new("faas.trigger", "timer"), new("faas.invoked_name", function)])
        : null;

    // ASP.NET Core makes an activity for its logs, too; that one is nobody's to see.
    private static Activity? SpanOf(HttpContext http) =>
        http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span && span.Source.HasListeners() ? span : null;

    private static string? Method(HttpContext http)
    {
        var method = HttpMethods.GetCanonicalizedValue(http.Request.Method);
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method)
            || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method) || HttpMethods.IsOptions(method) ? method : null;
    }
}
