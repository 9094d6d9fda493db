using Microsoft.Extensions.AI;
#if NATIVE_GEMINI
using TicketAssistant.Functions.Triage.Model.Native;
#endif

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>Makes the one connection that a process shares.</summary>
internal static class ChatClientFactory
{
    /// <summary>Connects as the options say. Nothing is sent before the first question.</summary>
    /// <param name="options">Must be enabled.</param>
    /// <param name="time">Reads the dates of Retry-After headers.</param>
    public static ModelConnection Create(ModelOptions options, TimeProvider time)
    {
        if (!options.Enabled)
            throw new ArgumentException("No model is configured: set Gemini__ApiKey, or Gemini__Endpoint for a server without keys.", nameof(options));
        var connection = Connect(options, time);
        return connection with
        {
            // Whatever the environment says: tickets don't belong into telemetry.
            Client = connection.Client.AsBuilder().UseOpenTelemetry(null, TriageTelemetry.Name, measured => measured.EnableSensitiveData = false).Build(),
        };
    }

    private static ModelConnection Connect(ModelOptions options, TimeProvider time)
    {
#if NATIVE_GEMINI
        // Google's client insists on a key.
        if (options is { Protocol: ModelProtocol.Gemini, ApiKey: not null }) return GoogleConnection.Create(options);
#endif
        return OpenAiConnection.Create(options, time);
    }
}
