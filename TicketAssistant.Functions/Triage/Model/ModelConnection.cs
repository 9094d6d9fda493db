using Microsoft.Extensions.AI;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>A chat client and what is particular to its library: how it reports errors and blocked answers.</summary>
/// <param name="Client">Sends one HTTP request for each call; retries are the caller's. Safe for concurrent use.</param>
/// <param name="ReadError">Turns any exception of the client, cancellation by the caller apart, into an outcome.</param>
/// <param name="ReadBlock">Why the server withheld the answer, or null where it did not.</param>
internal sealed record ModelConnection(
    IChatClient Client, Func<Exception, ModelOutcome> ReadError, Func<ChatResponse, string?> ReadBlock) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Client.Dispose();
}
