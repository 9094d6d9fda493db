using System.Text.Json;

namespace TicketAssistant.Tests.Support;

/// <summary>One request that the model server received.</summary>
/// <param name="Path">Path with its leading slash.</param>
/// <param name="Headers">Headers by name; names ignore case.</param>
/// <param name="Body">The JSON body.</param>
public sealed record RecordedModelRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>The text of the n-th message.</summary>
    public string Message(int index)
    {
        var content = Body.GetProperty("messages")[index].GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
    }

    /// <summary>The roles of all messages, in order.</summary>
    public IReadOnlyList<string> Roles => [.. Body.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()!)];
}
