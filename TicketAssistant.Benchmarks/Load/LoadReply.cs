using System.Text.Json;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>An answer, read whole.</summary>
internal sealed record LoadReply(int Status, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
