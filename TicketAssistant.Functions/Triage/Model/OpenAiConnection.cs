using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>Speaks the OpenAI chat-completions protocol.</summary>
internal static class OpenAiConnection
{
    /// <summary>Connects to <see cref="ModelOptions.Endpoint"/>. Nothing is sent before the first question.</summary>
    public static ModelConnection Create(ModelOptions options, TimeProvider time)
    {
        var client = new ChatClient(
            options.Model,
            // The library insists on a credential; a server without keys ignores it.
            new ApiKeyCredential(options.ApiKey ?? "none"),
            new OpenAIClientOptions
            {
                Endpoint = options.Endpoint,
                // Each question brings its own deadline.
                NetworkTimeout = Timeout.InfiniteTimeSpan,
                // The durable orchestrator is the only retrier: two that know nothing of each other multiply.
                RetryPolicy = new ClientRetryPolicy(0),
            }).AsIChatClient().AsBuilder().ConfigureOptions(SendSchemaAsItIs).Build();
        return new ModelConnection(client, new OpenAiErrors(options.ServerName, time).Read, OpenAiErrors.ReadBlock);
    }
    // The library would add additionalProperties, for OpenAI's strict mode; Gemini has answered 400 to it.
    private static void SendSchemaAsItIs(ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson { Schema: { } schema, SchemaName: { } name }) return;
        var format = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(name, BinaryData.FromString(schema.GetRawText()));
        options.RawRepresentationFactory = _ => new ChatCompletionOptions { ResponseFormat = format };
    }
}
