using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The rules for an e-mail address as an account's name.</summary>
internal static class EmailAddress
{
    /// <summary>Most characters (RFC 5321's path without its brackets).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalPart = 64;
    private const int MaxLabel = 63;

    /// <summary>What is wrong with what <see cref="TryNormalize"/> refuses, to follow its field's name.</summary>
    public static readonly string Problem = $"must be a plain e-mail address of at most {MaxLength} characters, in ASCII";

    /// <summary>
    /// Trims and lower-cases the address, so that one mailbox is one account. Stricter than the RFCs: no quoted local parts,
    /// comments, white space or address literals, none of which people have and all of which confuse mail headers; and ASCII only,
    /// because the runtime's invariant mode can't normalise Unicode and two spellings of one address would be two accounts (a domain
    /// beyond ASCII has its xn-- form).
    /// </summary>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? email)
    {
        email = null;
        var address = text?.Trim().ToLowerInvariant();
        if (address is null || address.Length > MaxLength || address.Split('@') is not [var local, var domain]) return false;
        if (local.Length is 0 or > MaxLocalPart || !local.Split('.').All(IsAtom) || !domain.Split('.').All(IsLabel)) return false;

        // The mailer has the last word: an address that it would read otherwise can't be written to.
        if (!MailboxAddress.TryParse(address, out var mailbox) || mailbox.GetAddress(idnEncode: true) != address) return false;
        email = address;
        return true;
    }

    private static bool IsAtom(string part) =>
        part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal));

    private static bool IsLabel(string part) =>
        part.Length is > 0 and <= MaxLabel && part[0] != '-' && part[^1] != '-' && part.All(c => c == '-' || char.IsAsciiLetterOrDigit(c));
}
