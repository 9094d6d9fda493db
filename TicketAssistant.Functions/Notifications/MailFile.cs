using System.Security.Cryptography;
using System.Text;

namespace TicketAssistant.Functions.Notifications;

/// <summary>How mails are named in the folder of <c>.eml</c> files.</summary>
internal static class MailFile
{
    /// <summary>What the files end with.</summary>
    public const string Extension = ".eml";

    private const int MaxLength = 150;

    /// <summary>
    /// A file's name without extension: the Message-ID itself, or, where that is too long or has other characters than
    /// <see cref="IsId"/> allows, what is left of it and a hash.
    /// </summary>
    public static string IdFor(string messageId)
    {
        if (IsId(messageId)) return messageId;
        var safe = string.Concat(messageId.Where(IsSafe).Take(80)).TrimStart('.');
        return $"{safe}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 8))}";
    }

    /// <summary>True for what can only name a file in the folder itself: no separators, no leading dot, not too long.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxLength && text[0] != '.' && text.All(IsSafe);

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@';
}
