namespace TicketAssistant.Tests.Support;

/// <summary>The settings that tests start the app with, written as in the environment.</summary>
internal static class TestSettings
{
    public static Dictionary<string, string?> Create(string dataDirectory) => new()
    {
        ["Local__DataDirectory"] = dataDirectory,
        ["Admin__Email"] = AppProcess.AdminEmail,
        ["Admin__Password"] = AppProcess.AdminPassword,
        ["Passwords__WorkFactor"] = "4",
        ["Passwords__AllowWeakForTests"] = "true",
        ["RateLimits__Enabled"] = "false",
        // Whatever the machine is set up with must not reach a test.
        ["Gemini__ApiKey"] = "",
        ["Gemini__Endpoint"] = "",
        ["Smtp__Host"] = "",
        ["Mongo__ConnectionString"] = "",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
    };
}
