namespace TicketAssistant.Functions.Http;

/// <summary>Ends a request with problem details (RFC 9457). Everything in it is shown to the caller.</summary>
/// <param name="status">The HTTP status code, 400 to 599.</param>
/// <param name="title">What kind of problem it is, the same each time.</param>
/// <param name="detail">What is wrong this time and what would help.</param>
/// <param name="errors">What is wrong with which field (camelCase path), for a 400.</param>
/// <param name="retryAfterSeconds">When it is worth trying again, for a 429 or 503.</param>
/// <param name="header">A header that goes with it, such as Allow.</param>
/// <param name="currentVersion">The version that the thing has, for a 409 about a stale one.</param>
public sealed class ProblemException(
    int status,
    string title,
    string detail,
    IReadOnlyDictionary<string, string[]>? errors = null,
    int? retryAfterSeconds = null,
    (string Name, string Value)? header = null,
    long? currentVersion = null) : Exception($"{status} {title}: {detail}")
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>What kind of problem it is.</summary>
    public string Title { get; } = title;

    /// <summary>What is wrong this time.</summary>
    public string Detail { get; } = detail;

    /// <summary>What is wrong with which field; null where it isn't about fields.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>When it is worth trying again; null where that is not known.</summary>
    public int? RetryAfterSeconds { get; } = retryAfterSeconds;

    /// <summary>A header that goes with it; null for none.</summary>
    public (string Name, string Value)? Header { get; } = header;

    /// <summary>The version that the thing has; null where the problem isn't a stale one.</summary>
    public long? CurrentVersion { get; } = currentVersion;

    /// <summary>400: these fields are wrong.</summary>
    public static ProblemException Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, "Invalid request", "Some fields are missing or wrong; see errors.", errors);

    /// <summary>400: this field is wrong.</summary>
    /// <param name="field">Its path in camelCase, such as <c>skills[2]</c>.</param>
    /// <param name="error">Continues the sentence that the field's name begins: "must be…".</param>
    public static ProblemException Invalid(string field, string error) =>
        Invalid(new Dictionary<string, string[]> { [field] = [error] });
}
