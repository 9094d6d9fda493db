using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Makes and checks the tokens by which somebody shows that they read the mail of an address: the account, the number of the
/// welcome and an expiry, signed together with the address. Good for that address alone, and only until it is confirmed: that
/// makes them single-use without a list of used ones.
/// </summary>
internal sealed class ConfirmationTokens(JwtOptions options, TimeProvider time)
{
    /// <summary>How long one is good, from when its mail was owed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int BodyBytes = 16 + 8 + 8;

    // A key of its own: nothing that is signed with one of the two keys means anything under the other.
    private readonly byte[] _key = KeyOf(options.Secret);
    private readonly byte[]? _previousKey = options.PreviousSecret is { } previous ? KeyOf(previous) : null;

    /// <summary>The token of this welcome; the same arguments give the same one. Characters that need no escaping in a URL.</summary>
    public string Issue(User user, long welcome, DateTimeOffset owedAt)
    {
        Span<byte> token = stackalloc byte[BodyBytes + HMACSHA256.HashSizeInBytes];
        user.Id.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[16..], (owedAt + Lifetime).ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(token[24..], welcome);
        Sign(_key, token[..BodyBytes], user.Email, token[BodyBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose account the token speaks of; null where it is no token. Nothing is checked yet: see <see cref="IsGood"/>.</summary>
    public static Guid? UserOf(string token) => Decode(token) is { } bytes ? new Guid(bytes.AsSpan(0, 16), bigEndian: true) : null;

    /// <summary>Whether the token is ours, for this user's address, and not expired.</summary>
    public bool IsGood(string token, User user)
    {
        if (Decode(token) is not { } bytes || UserOf(token) != user.Id) return false;
        return (IsSigned(_key, bytes, user.Email) || (_previousKey is { } previous && IsSigned(previous, bytes, user.Email)))
            && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)) > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private static byte[] KeyOf(byte[] secret) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "ticket-assistant confirm address"u8.ToArray());

    private static bool IsSigned(byte[] key, byte[] token, string email)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(key, token.AsSpan(0, BodyBytes), email, signature);
        return CryptographicOperations.FixedTimeEquals(signature, token.AsSpan(BodyBytes));
    }

    private static byte[]? Decode(string token)
    {
        // The length first: no other is ours, and none other is worth decoding.
        if (token.Length != Base64Url.GetEncodedLength(BodyBytes + HMACSHA256.HashSizeInBytes)) return null;
        var bytes = new byte[BodyBytes + HMACSHA256.HashSizeInBytes];
        return Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == bytes.Length ? bytes : null;
    }

    private static void Sign(byte[] key, ReadOnlySpan<byte> body, string email, Span<byte> signature)
    {
        Span<byte> text = stackalloc byte[BodyBytes + EmailAddress.MaxLength * 3];
        body.CopyTo(text);
        var length = BodyBytes + Encoding.UTF8.GetBytes(email, text[BodyBytes..]);
        HMACSHA256.HashData(key, text[..length], signature);
    }
}
