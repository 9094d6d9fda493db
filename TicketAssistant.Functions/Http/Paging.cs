using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Http;

/// <summary>Lists, page by page.</summary>
internal static class Paging
{
    /// <summary>Reads a page; a cursor that the store can't read is the caller's mistake.</summary>
    /// <exception cref="ProblemException">400: the cursor is malformed.</exception>
    public static async Task<Page<T>> ReadAsync<T>(Func<Task<Page<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (FormatException e)
        {
            throw ProblemException.Invalid("cursor", $"must be the next of an earlier page: {e.Message}");
        }
    }
}
