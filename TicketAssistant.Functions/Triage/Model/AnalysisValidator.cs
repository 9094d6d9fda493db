using System.Text.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>
/// Turns a model's answer into an analysis, trusting nothing of it: type, priority and sentiment come from closed lists,
/// texts are cleaned of links and e-mail addresses and cut, members that nobody asked for are never looked at. A person,
/// a role or an address that the model names is text like any other; there is no field that could carry it further.
/// </summary>
internal static class AnalysisValidator
{
    /// <summary>How many skills are kept, most important first.</summary>
    public const int MaxSkills = 8;

    private const int MaxReasoning = 1_000;
    private const int MaxSummary = 500;
    private const int MaxNotes = 4_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads an answer. Never throws, whatever the text.</summary>
    /// <param name="answer">JSON, bare or in a Markdown code fence.</param>
    /// <param name="canonicalSpelling">
    /// A moderator's spelling of a skill, or null where no moderator has it. A skill that nobody has stays in the list
    /// for people to read; since matching compares whole names, it matches no one.
    /// </param>
    public static AnalysisReading Read(string answer, Func<string, string?> canonicalSpelling)
    {
        try
        {
            using var json = JsonDocument.Parse(WithoutFence(answer), Strict);
            return Read(json.RootElement, canonicalSpelling);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The last two: text in it is not valid Unicode.
            return new AnalysisReading(null, ["It is not one well-formed JSON object."]);
        }
    }

    private static AnalysisReading Read(JsonElement root, Func<string, string?> canonicalSpelling)
    {
        if (root.ValueKind != JsonValueKind.Object) return new AnalysisReading(null, ["It is not a JSON object."]);

        var problems = new List<string>();
        var analysis = new TicketAnalysis(
            ModelText.Paragraphs(Text(root, "reasoning", problems), MaxReasoning),
            ModelText.Line(Text(root, "summary", problems), MaxSummary),
            Choice<TicketType>(root, "type", problems),
            Choice<TicketPriority>(root, "priority", problems),
            Skills(root, canonicalSpelling, problems),
            ModelText.Paragraphs(Text(root, "helpfulNotes", problems), MaxNotes),
            Language(root),
            Sentiment(root, problems),
            Confidence(root, problems));
        if (problems.Count == 0 && analysis.Summary.Length == 0) problems.Add("\"summary\" is empty.");
        return problems.Count == 0 ? new AnalysisReading(analysis, []) : new AnalysisReading(null, problems);
    }

    private static string WithoutFence(string answer)
    {
        var text = answer.Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal)) return text;
        var firstLineEnd = text.IndexOf('\n', StringComparison.Ordinal);
        return firstLineEnd < 0 ? text : text[firstLineEnd..^3];
    }

    private static string Text(JsonElement root, string name, List<string> problems)
    {
        if (Member(root, name) is { ValueKind: JsonValueKind.String } text) return text.GetString()!;
        problems.Add($"\"{name}\" is missing or not a string.");
        return "";
    }

    private static TEnum Choice<TEnum>(JsonElement root, string name, List<string> problems)
        where TEnum : struct, Enum
    {
        if (Member(root, name) is { ValueKind: JsonValueKind.String } text
            && ClosedList<TEnum>.TryRead(text.GetString()!.Trim(), out var value)) return value;
        problems.Add($"\"{name}\" is none of {string.Join(", ", ClosedList<TEnum>.Names)}.");
        return default;
    }

    private static IReadOnlyList<string> Skills(JsonElement root, Func<string, string?> canonicalSpelling, List<string> problems)
    {
        if (Member(root, "requiredSkills") is not { ValueKind: JsonValueKind.Array } list
            || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            problems.Add("\"requiredSkills\" is missing or not a list of strings.");
            return [];
        }
        return [.. list.EnumerateArray()
            .Select(item => ModelText.Skill(item.GetString()!))
            .Where(skill => skill.Length > 0)
            .Select(skill => canonicalSpelling(skill) ?? skill)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxSkills)];
    }

    // The schema cannot say what a language code is, and a wrong one harms nobody: it is left out.
    private static string? Language(JsonElement root) =>
        Member(root, "language") is { ValueKind: JsonValueKind.String } text
        && text.GetString()!.Trim().ToLowerInvariant() is [>= 'a' and <= 'z', >= 'a' and <= 'z'] code ? code : null;

    private static string? Sentiment(JsonElement root, List<string> problems)
    {
        if (Member(root, "sentiment") is not { ValueKind: not JsonValueKind.Null } value) return null;
        if (value.ValueKind == JsonValueKind.String
            && TriageSchema.Sentiments.FirstOrDefault(s => s.Equals(value.GetString()!.Trim(), StringComparison.OrdinalIgnoreCase)) is { } sentiment)
            return sentiment;
        problems.Add($"\"sentiment\" is none of {string.Join(", ", TriageSchema.Sentiments)}.");
        return null;
    }

    private static double Confidence(JsonElement root, List<string> problems)
    {
        if (Member(root, "confidence") is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value))
            return Math.Clamp(value, 0, 1);
        problems.Add("\"confidence\" is missing or not a number.");
        return 0;
    }

    private static JsonElement? Member(JsonElement root, string name) => root.TryGetProperty(name, out var member) ? member : null;
}
