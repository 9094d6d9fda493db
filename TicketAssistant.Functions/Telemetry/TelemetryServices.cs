using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>Sets OpenTelemetry up where an exporter is configured; elsewhere nothing of it is there and nothing is spent on it.</summary>
internal static partial class TelemetryServices
{
    /// <summary>Adds what <see cref="TelemetryOptions"/> asks for. The host adds the sources of its own.</summary>
    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static FunctionsApplicationBuilder AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        if (TelemetryOptions.Read(builder.Configuration) is not { } options) return builder;
        builder.UseMiddleware<TicketSpanMiddleware>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (options.Traces.Exported)
        {
            builder.Services.AddSingleton<MongoSpans>();
            telemetry.WithTracing(traces => traces
                .AddSource(AppTelemetry.Name, TriageTelemetry.Name)
                .AddHttpClientInstrumentation()
                .AddProcessor(new SpanPrivacy())
                .AddProcessor(new TicketSpans())
                .AddOtlpExporter(otlp => Direct(otlp, options.Traces)));
        }

        if (options.Metrics.Exported)
        {
            telemetry.WithMetrics(metrics => metrics
                .AddMeter(AppTelemetry.Name, TriageTelemetry.Name)
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter(otlp => Direct(otlp, options.Metrics)));
        }

        if (options.Logs.Exported)
        {
            telemetry.WithLogging(logs => logs.AddProcessor(new LogPrivacy()).AddOtlpExporter(otlp => Direct(otlp, options.Logs)));
        }

        UseHost(telemetry);
        return builder;
    }

    // What the real host wants to be told; implemented in the flavour that has it.
    static partial void UseHost(IOpenTelemetryBuilder telemetry);

    // The environment has the last word, on the name above all (OTEL_SERVICE_NAME).
    private static void Describe(ResourceBuilder resource) => resource
        .AddService("ticket-assistant", serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3))
        .AddEnvironmentVariableDetector();

    private static void Direct(OtlpExporterOptions otlp, TelemetrySignal signal)
    {
        if (signal.Endpoint is { } own) otlp.Endpoint = own;
    }
}
