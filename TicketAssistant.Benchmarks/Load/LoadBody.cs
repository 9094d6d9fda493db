using System.Net.Http.Headers;
using System.Text.Json;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>Bodies of requests.</summary>
internal static class LoadBody
{
    /// <summary>This JSON, ready made.</summary>
    public static HttpContent Of(byte[] json) =>
        new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>This value as JSON.</summary>
    public static HttpContent Of<T>(T value) => Of(JsonSerializer.SerializeToUtf8Bytes(value));
}
