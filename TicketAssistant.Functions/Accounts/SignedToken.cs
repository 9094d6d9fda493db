using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Tokens that go out by mail: an account, a number and an expiry, signed together with something about the account that changes when
/// the token is used. That makes them single-use without a list of used ones.
/// </summary>
/// <param name="options">The secret that the key is derived from, and the one before it, whose tokens are still good.</param>
/// <param name="purpose">One key for each: nothing that is signed for one purpose means anything for another.</param>
/// <param name="time">Tells the time.</param>
internal sealed class SignedToken(JwtOptions options, string purpose, TimeProvider time)
{
    private const int BodyBytes = 16 + 8 + 8;
    private const int Bytes = BodyBytes + HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = KeyOf(options.Secret, purpose);
    private readonly byte[]? _previousKey = options.PreviousSecret is { } previous ? KeyOf(previous, purpose) : null;

    /// <summary>A token; the same arguments give the same one. Characters that need no escaping in a URL.</summary>
    public string Issue(Guid userId, long number, DateTimeOffset expires, string bound)
    {
        Span<byte> token = stackalloc byte[Bytes];
        userId.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[16..], expires.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(token[24..], number);
        Sign(_key, token[..BodyBytes], bound).CopyTo(token[BodyBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose account the token speaks of; null where it is no token. Nothing is checked yet: see <see cref="IsGood"/>.</summary>
    public static Guid? UserOf(string token) => Decode(token) is { } bytes ? new Guid(bytes.AsSpan(0, 16), bigEndian: true) : null;

    /// <summary>Whether the token is ours, for this account as it is now, and not expired.</summary>
    public bool IsGood(string token, Guid userId, string bound) =>
        Decode(token) is { } bytes
        && UserOf(token) == userId
        && (IsSigned(_key, bytes, bound) || (_previousKey is { } previous && IsSigned(previous, bytes, bound)))
        && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)) > time.GetUtcNow().ToUnixTimeSeconds();

    private static byte[]? Decode(string token)
    {
        // The length first: no other is ours, and none other is worth decoding.
        if (token.Length != Base64Url.GetEncodedLength(Bytes)) return null;
        var bytes = new byte[Bytes];
        // TryDecodeFromChars throws at a character that is none of the alphabet's.
        return Base64Url.DecodeFromChars(token, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length ? bytes : null;
    }

    private static byte[] KeyOf(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(purpose));

    private static bool IsSigned(byte[] key, byte[] token, string bound) =>
        CryptographicOperations.FixedTimeEquals(Sign(key, token.AsSpan(0, BodyBytes), bound), token.AsSpan(BodyBytes));

    private static byte[] Sign(byte[] key, ReadOnlySpan<byte> body, string bound)
    {
        byte[] signed = [.. body, .. Encoding.UTF8.GetBytes(bound)];
        return HMACSHA256.HashData(key, signed);
    }
}
