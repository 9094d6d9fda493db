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
        if (description.Length is 0 or > MaxDescription) errors["description"] = [$"must have 1 to {MaxDescription:N0} characters"];
        else if (description.Contains('\0')) errors["description"] = ["must not contain NUL characters"];
        else if (!IsWellFormed(description)) errors["description"] = ["must be well-formed Unicode"];
        return errors.Count == 0 ? new CreateTicketRequest(title, description) : throw ProblemException.Invalid(errors);
    }

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
