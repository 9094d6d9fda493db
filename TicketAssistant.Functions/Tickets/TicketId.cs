using System.Security.Cryptography;
using System.Text;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets;

/// <summary>Makes ticket ids.</summary>
internal static class TicketId
{
    private const int MaxKey = 200;

    /// <summary>A new id, or, with an Idempotency-Key, always the same one for this requester and key.</summary>
    /// <exception cref="ProblemException">400: the key is empty, too long, or not printable ASCII.</exception>
    public static Guid For(Guid requesterId, string? idempotencyKey)
    {
        if (idempotencyKey is null) return Guid.CreateVersion7();
        if (idempotencyKey.Length is 0 or > MaxKey || idempotencyKey.Any(c => c is < ' ' or > '~'))
            throw ProblemException.Invalid("Idempotency-Key", $"must have 1 to {MaxKey} printable ASCII characters");

        // RFC 9562, version 8: nobody can guess it who does not know the requester's id and the key.
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"ticket:{requesterId:N}:{idempotencyKey}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
