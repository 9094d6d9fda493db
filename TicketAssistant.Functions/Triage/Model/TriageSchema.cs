using System.Text.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// The JSON schema that the answer is held to. Small on purpose: additionalProperties and numeric bounds have made
/// servers answer 400, so the validator enforces the rest. The reasoning comes first, so that it is written before the
/// decisions that it should lead to.
/// </summary>
internal static class TriageSchema
{
    /// <summary>The name that the protocol wants for it.</summary>
    public const string Name = "ticket_analysis";

    /// <summary>How a requester may sound.</summary>
    public static readonly IReadOnlyList<string> Sentiments = ["calm", "frustrated", "angry"];

    private static readonly (string Name, object Schema)[] Members =
    [
        ("reasoning", Text("Why, in two or three sentences.")),
        ("summary", Text("One or two sentences.")),
        ("type", OneOf(ClosedList<TicketType>.Names)),
        ("priority", OneOf(ClosedList<TicketPriority>.Names)),
        ("requiredSkills", new { type = "array", items = new { type = "string" } }),
        ("helpfulNotes", Text("Hints for the person who will work on it.")),
        ("language", Text("Two-letter ISO 639-1 code of the ticket's language.")),
        ("sentiment", OneOf(Sentiments)),
        ("confidence", new { type = "number", description = "0 to 1." }),
    ];

    /// <summary>The schema.</summary>
    public static JsonElement Json { get; } = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new OrderedDictionary<string, object>(Members.Select(m => KeyValuePair.Create(m.Name, m.Schema))),
        required = Members.Select(m => m.Name),
    });

    private static object Text(string description) => new { type = "string", description };

    private static object OneOf(IReadOnlyList<string> names) => new { type = "string", @enum = names };
}
