using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;

namespace TicketAssistant.Functions.Telemetry;

internal static partial class TelemetryServices
{
    // Spans under those of the host, what Azure knows of the app as resource attributes; and the host no longer passes this
    // process's log lines on, which would otherwise arrive twice.
    static partial void UseHost(IOpenTelemetryBuilder telemetry) => telemetry.UseFunctionsWorkerDefaults();
}
