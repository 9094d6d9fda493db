using System.Text;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets;

/// <summary>The rules for what a requester may write.</summary>
internal static class TicketText
{
    public const int MaxTitle = 200;
    public const int MaxDescription = 20_000;

    /// <summary>The request with its texts trimmed.</summary>
    /// <exception cref="ProblemException">400 with an error for each bad field.</exception>
    public static CreateTicketRequest Clean(CreateTicketRequest request)
    {
        var title = request.Title.Trim();
        var description = request.Description.Trim();
        var errors = new Dictionary<string, string[]>();
        if (title.Length is 0 or > MaxTitle) errors["title"] = [$"must have 1 to {MaxTitle} characters"];
        else if (title.Any(char.IsControl)) errors["title"] = ["must be one line without control characters"];
        else if (!IsWellFormed(title)) errors["title"] = ["must be well-formed Unicode"];
        if (BodyError(description, MaxDescription) is { } error) errors["description"] = [error];
        return errors.Count == 0 ? new CreateTicketRequest(title, description) : throw ProblemException.Invalid(errors);
    }

    /// <summary>A text of several lines, trimmed.</summary>
    /// <exception cref="ProblemException">400 with the field.</exception>
    public static string CleanBody(string field, string text, int max)
    {
        var body = text.Trim();
        return BodyError(body, max) is { } error ? throw ProblemException.Invalid(field, error) : body;
    }

    private static string? BodyError(string body, int max) =>
        body.Length == 0 || body.Length > max ? $"must have 1 to {max:N0} characters"
        : body.Contains('\0') ? "must not contain NUL characters"
        : IsWellFormed(body) ? null
        : "must be well-formed Unicode";

    // A lone half of a surrogate pair can't be stored as UTF-8 and would come back as something else.
    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD')) return false;
        }

        return true;
    }
}
