using Google.GenAI;
using Google.GenAI.Types;
using Microsoft.Extensions.AI;

namespace TicketAssistant.Functions.Triage.Model.Native;

/// <summary>Speaks Google's own API through Google.GenAI. Part of the Azure flavour only.</summary>
internal static class GoogleConnection
{
    /// <summary>Connects to <see cref="ModelOptions.NativeBaseAddress"/>. Nothing is sent before the first question.</summary>
    public static ModelConnection Create(ModelOptions options)
    {
        var client = new Client(
            // Said outright, so that no environment variable of Google's turns it into a Vertex AI client.
            vertexAI: false,
            apiKey: options.ApiKey,
            httpOptions: new HttpOptions
            {
                BaseUrl = options.NativeBaseAddress,
                // The durable orchestrator is the only retrier.
                RetryOptions = new HttpRetryOptions { Attempts = 1 },
            });
        return new ModelConnection(
            client.AsIChatClient(options.Model), new GoogleErrors(options.ServerName).Read, GoogleErrors.ReadBlock);
    }
}
