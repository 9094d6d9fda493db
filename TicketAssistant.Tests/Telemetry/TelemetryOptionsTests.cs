using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Telemetry;
using Xunit;

namespace TicketAssistant.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public void Nothing_is_exported_where_nothing_is_configured()
    {
        Assert.Null(Read());
        Assert.Null(Read(("OTEL_SERVICE_NAME", "tickets"), ("OTEL_EXPORTER_OTLP_ENDPOINT", " ")));
    }

    [Fact]
    public void One_endpoint_takes_everything()
    {
        var everything = new TelemetrySignal(true, null);
        Assert.Equal(new TelemetryOptions(everything, everything, everything), Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")));
    }

    [Fact]
    public void A_kind_goes_to_its_own_endpoint_or_nowhere()
    {
        var options = Read(
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4318/v1/traces"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"),
            ("OTEL_LOGS_EXPORTER", "none"));

        Assert.Equal(new TelemetrySignal(true, new Uri("http://localhost:4318/v1/traces")), options!.Traces);
        Assert.Equal(new TelemetrySignal(true, null), options.Metrics);
        Assert.False(options.Logs.Exported);
    }

    [Fact]
    public void A_kind_alone_does_not_bring_the_others_along()
    {
        var options = Read(("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://localhost:4318/v1/metrics"));

        Assert.Equal((false, true, false), (options!.Traces.Exported, options.Metrics.Exported, options.Logs.Exported));
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_SDK_DISABLED", "TRUE")]
    public void The_sdk_can_be_turned_off(string setting, string value) =>
        Assert.Null(Read((setting, value), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "somewhere")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_TRACES_EXPORTER", "console")]
    [InlineData("OTEL_SDK_DISABLED", "perhaps")]
    public void A_malformed_setting_is_named(string setting, string value) =>
        Assert.Equal(setting, Assert.Throws<SettingException>(() => Read((setting, value))).Setting);

    private static TelemetryOptions? Read(params (string Name, string Value)[] settings) => TelemetryOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());
}
