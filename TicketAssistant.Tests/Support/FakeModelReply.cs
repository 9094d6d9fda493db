using System.Text.Json;
using System.Text.Json.Nodes;

namespace TicketAssistant.Tests.Support;

/// <summary>What the model server answers to one request.</summary>
public sealed record FakeModelReply
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body, as it goes over the wire.</summary>
    public string Body { get; init; } = "";

    /// <summary>Value of Retry-After, or null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How long nothing happens first. Ends early when the client goes away.</summary>
    public TimeSpan Hang { get; init; }

    /// <summary>True to cut the connection instead of answering.</summary>
    public bool Drop { get; init; }

    /// <summary>A valid analysis as a JSON object; change its members to make hostile ones.</summary>
    public static JsonObject Analysis(string type = "bug", string priority = "high", params string[] skills) => new()
    {
        ["reasoning"] = "The stack trace points at the driver.",
        ["summary"] = "The invoice page fails.",
        ["type"] = type,
        ["priority"] = priority,
        ["requiredSkills"] = new JsonArray([.. skills.Select(s => JsonValue.Create(s))]),
        ["helpfulNotes"] = "Check the connection pool.",
        ["language"] = "en",
        ["sentiment"] = "frustrated",
        ["confidence"] = 0.9,
    };

    /// <summary>A good answer.</summary>
    public static FakeModelReply Good(string type = "bug", string priority = "high", params string[] skills) =>
        Answer(Analysis(type, priority, skills).ToJsonString());

    /// <summary>A chat completion with that text.</summary>
    public static FakeModelReply Answer(string? content, string finishReason = "stop") => new()
    {
        Body = JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1_790_000_000,
            model = "gemini-test-001",
            choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = finishReason } },
            usage = new { prompt_tokens = 120, completion_tokens = 40, total_tokens = 160 },
        }),
    };

    /// <summary>An answer that is not JSON.</summary>
    public static FakeModelReply Malformed { get; } = Answer("Sure! The ticket is a bug.");

    /// <summary>An answer without text.</summary>
    public static FakeModelReply Empty { get; } = Answer("");

    /// <summary>JSON that ends in the middle, with the finish reason that says so.</summary>
    public static FakeModelReply Cut { get; } = Answer("""{"reasoning":"The stack tr""", "length");

    /// <summary>An answer that the content filter withheld.</summary>
    public static FakeModelReply Blocked { get; } = Answer(null, "content_filter");

    /// <summary>A blocked prompt as Gemini's compatible endpoint reports it: no choices at all.</summary>
    public static FakeModelReply NoChoices { get; } = new()
    {
        Body = """{"id":"x","object":"chat.completion","created":1790000000,"model":"gemini-test-001","choices":[],"usage":{"prompt_tokens":120,"completion_tokens":0,"total_tokens":120}}""",
    };

    /// <summary>Silence for a while, then a good answer.</summary>
    public static FakeModelReply Silence(TimeSpan duration) => Good() with { Hang = duration };

    /// <summary>The connection breaks.</summary>
    public static FakeModelReply Broken { get; } = new() { Drop = true };

    /// <summary>A 429 with Google's error body.</summary>
    /// <param name="retryDelay">As Google writes it, such as "46s"; null for none.</param>
    /// <param name="inArray">True for the array that the compatible endpoint puts around it.</param>
    public static FakeModelReply Quota(string? retryDelay, bool inArray = false)
    {
        var details = new JsonArray(new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure" });
        if (retryDelay is not null)
            details.Add(new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.RetryInfo", ["retryDelay"] = retryDelay });
        return GoogleError(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", details, inArray);
    }

    /// <summary>Google's error body with any status.</summary>
    public static FakeModelReply GoogleError(int status, string code, string message, JsonArray? details = null, bool inArray = false)
    {
        var error = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = code, ["details"] = details ?? [] },
        };
        return new FakeModelReply { Status = status, Body = inArray ? new JsonArray(error).ToJsonString() : error.ToJsonString() };
    }

    /// <summary>A plain failure with OpenAI's error body.</summary>
    public static FakeModelReply Error(int status) =>
        new() { Status = status, Body = """{"error":{"message":"no","type":"error","code":null}}""" };
}
