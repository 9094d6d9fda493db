using System.Text.Json;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>Reads server-sent events.</summary>
internal sealed class EventReader(Stream stream) : IDisposable
{
    private readonly StreamReader _lines = new(stream);

    /// <summary>The next event or heartbeat (with the name "heartbeat"); null where the stream has ended.</summary>
    public async Task<(string Name, string Id, JsonElement Data)?> NextAsync(CancellationToken cancellationToken)
    {
        var (name, id, data) = ("message", "", "null");
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                var element = JsonDocument.Parse(data).RootElement;
                if (name == "ticket") Assert.Empty(ApiDocument.Instance.Errors("TicketEvent", element));
                return (name, id, element);
            }

            if (line.StartsWith(": ", StringComparison.Ordinal)) name = line[2..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
        }

        return null;
    }

    public void Dispose() => _lines.Dispose();
}
