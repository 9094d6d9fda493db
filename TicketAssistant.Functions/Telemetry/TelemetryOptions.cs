using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>
/// What is exported, by OpenTelemetry's own settings
/// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). Those that are not read here are read by
/// its SDK: headers, time limits, sampling, resource attributes.
/// </summary>
/// <param name="Traces">Whether and where spans go.</param>
/// <param name="Metrics">Whether and where measurements go.</param>
/// <param name="Logs">Whether and where log lines go.</param>
internal sealed record TelemetryOptions(TelemetrySignal Traces, TelemetrySignal Metrics, TelemetrySignal Logs)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private bool Exports => Traces.Exported || Metrics.Exported || Logs.Exported;

    /// <summary>Null where nothing is to be exported.</summary>
    /// <exception cref="SettingException">A value is malformed, or one that is not supported.</exception>
    public static TelemetryOptions? Read(IConfiguration configuration)
    {
        if (configuration.Flag("OTEL_SDK_DISABLED", false)) return null;
        if (configuration.Text(Prefix + "PROTOCOL") is { } protocol && !Protocols.Contains(protocol))
            throw new SettingException(Prefix + "PROTOCOL", $"'{protocol}' is none of {string.Join(", ", Protocols)}.");
        var everything = configuration.HttpAddress(Prefix + "ENDPOINT");
        var options = new TelemetryOptions(Signal("TRACES"), Signal("METRICS"), Signal("LOGS"));
        return options.Exports ? options : null;

        TelemetrySignal Signal(string name)
        {
            var own = configuration.HttpAddress($"{Prefix}{name}_ENDPOINT");
            var exporter = configuration.Text($"OTEL_{name}_EXPORTER") ?? "otlp";
            return exporter switch
            {
                "otlp" => new TelemetrySignal(own is not null || everything is not null, own),
                "none" => new TelemetrySignal(false, null),
                _ => throw new SettingException($"OTEL_{name}_EXPORTER", $"'{exporter}' is neither otlp nor none."),
            };
        }
    }
}
