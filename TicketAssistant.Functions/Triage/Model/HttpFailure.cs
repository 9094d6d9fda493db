namespace TicketAssistant.Functions.Triage.Model;

/// <summary>What an HTTP status of a model server means: the same for every protocol.</summary>
internal static class HttpFailure
{
    /// <summary>Reads a failed reply.</summary>
    /// <param name="server">The server as messages name it.</param>
    /// <param name="status">HTTP status, not of the 2xx.</param>
    /// <param name="body">The body, or null. Only Google's error fields are read; no text of it gets into the reason.</param>
    /// <param name="retryAfter">What the Retry-After header says.</param>
    public static ModelOutcome Read(string server, int status, string? body, TimeSpan? retryAfter)
    {
        var error = GoogleErrorBody.Read(body);
        var wait = error.RetryDelay ?? retryAfter;
        return status switch
        {
            429 => new ModelOutcome.Retry($"{server} answered 429 (quota){Wait(wait)}.", wait),
            408 or >= 500 => new ModelOutcome.Retry($"{server} answered {status}{Wait(wait)}.", wait),
            // Google reports a wrong key and an unsupported region as 400.
            400 when error.IsKeyInvalid => KeyRefused(server, status),
            400 when error.Status == "FAILED_PRECONDITION" => new ModelOutcome.Misconfigured(
                $"{server} answered 400 FAILED_PRECONDITION: no service for this key from this region; enable billing or use another key (Gemini__ApiKey)."),
            401 => KeyRefused(server, status),
            402 => new ModelOutcome.Misconfigured($"{server} answered 402: the account behind Gemini__ApiKey has no credit."),
            403 => new ModelOutcome.Misconfigured($"{server} answered 403: the key may not use this model or API; check Gemini__ApiKey and Gemini__Model."),
            404 or 405 => new ModelOutcome.Misconfigured($"{server} answered {status}: no such model or address; check Gemini__Model and Gemini__Endpoint."),
            < 400 => new ModelOutcome.Misconfigured($"{server} answered {status} instead of a result; check Gemini__Endpoint."),
            _ => new ModelOutcome.Refused($"{server} refused the request ({status})."),
        };
    }

    private static ModelOutcome.Misconfigured KeyRefused(string server, int status) =>
        new($"{server} answered {status}: the key was not accepted; check Gemini__ApiKey.");

    private static string Wait(TimeSpan? wait) => wait switch
    {
        null => "",
        { TotalMinutes: < 2 } => $", retry in {Math.Ceiling(wait.Value.TotalSeconds):0} s",
        _ => $", retry in {Math.Ceiling(wait.Value.TotalMinutes):0} min",
    };
}
