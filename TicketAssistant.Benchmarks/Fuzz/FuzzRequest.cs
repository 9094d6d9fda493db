using System.Text;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>A request to be tried.</summary>
/// <param name="Bytes">As it is sent.</param>
/// <param name="Operation">Whose answer is expected; null where the request is too broken for the app to see it.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="TwinBytes">The same about a ticket that there is not, where it is about one that the caller may not see; null otherwise.</param>
internal sealed record FuzzRequest(byte[] Bytes, ApiOperation? Operation, Caller Caller, byte[]? TwinBytes = null)
{
    /// <summary>Its beginning, to be read by a person.</summary>
    public string Shown
    {
        get
        {
            var text = Encoding.Latin1.GetString(Bytes, 0, Math.Min(Bytes.Length, 1200));
            // A token says nothing here but takes up the place.
            return System.Text.RegularExpressions.Regex.Replace(text, @"Bearer eyJ[\w.-]+", "Bearer ...");
        }
    }
}
