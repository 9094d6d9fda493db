using System.Security.Cryptography;
using System.Text;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>UUIDs derived from a name (RFC 9562, version 8 over SHA-256): the same in every replay.</summary>
internal static class NameBasedGuid
{
    public static Guid Create(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
