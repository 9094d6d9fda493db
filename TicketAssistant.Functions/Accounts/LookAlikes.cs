using System.Collections.Frozen;
using System.Text;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Keeps who signs up from calling themselves what people would take for an admin or for this service.</summary>
internal static class LookAlikes
{
    private const int MostAdmins = 100;

    // Letters of other scripts, and digits and marks, that are drawn like these: what one sees in most typefaces.
    private static readonly FrozenDictionary<char, char> Drawn = Table(
        ("a", "аαɑ@4"), ("b", "Ьβвƅ8"), ("c", "сϲᴄ"), ("d", "ԁɗ"), ("e", "еєɛεҽ3"), ("g", "ɡցԍ9"), ("h", "һհн"), ("i", "іıɩιӏӀlΙІ1|!ǀ׀"), ("j", "јϳ"),
        ("k", "κкᴋ"), ("m", "мᴍ"), ("n", "ոпη"), ("o", "оοօσ0ⲟ"), ("p", "рρ"), ("q", "ԛզ"), ("r", "гᴦ"), ("s", "ѕꜱ5$"), ("t", "тτ7"), ("u", "υսᴜ"),
        ("v", "νѵᴠ"), ("w", "ԝωᴡ"), ("x", "хχ"), ("y", "уүγ"), ("z", "ᴢ2"));

    private static readonly FrozenSet<string> Reserved = new[]
    {
        "admin", "admins", "administrator", "administration", "moderator", "support", "support team", "helpdesk", "service desk", "system", "root",
        "security", "security team", "postmaster", "webmaster", "ticket assistant", "no-reply",
    }.Select(Skeleton).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a name that is one, to follow its field's name.</summary>
    public const string Problem = "looks like the name of an admin or of this service; choose another one";

    /// <summary>Whether a name would be taken for a role or for this service, whoever has it.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(Skeleton(name));

    /// <summary>Whether a name would be taken for a role, this service, or somebody else who is an admin.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public static async Task<bool> IsOneAsync(IUserStore users, string name, CancellationToken cancellationToken)
    {
        var skeleton = Skeleton(name);
        if (Reserved.Contains(skeleton)) return true;
        var admins = await users.ListAsync(new UserQuery(Role.Admin, Limit: MostAdmins), cancellationToken);
        return admins.Items.Any(admin => admin.Active && Skeleton(admin.Name) == skeleton);
    }

    /// <summary>What is left of a name when all that looks alike is made the same. For comparing alone.</summary>
    public static string Skeleton(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name) CharFolding.Append(folded, Drawn.GetValueOrDefault(c, c));
        var skeleton = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var c = Drawn.GetValueOrDefault(folded[i], folded[i]);
            if (char.IsLetterOrDigit(c)) skeleton.Append(c);
        }

        return skeleton.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    private static FrozenDictionary<char, char> Table(params (string Letter, string Like)[] rows) =>
        rows.SelectMany(row => row.Like.Select(like => KeyValuePair.Create(like, row.Letter[0]))).ToFrozenDictionary();
}
