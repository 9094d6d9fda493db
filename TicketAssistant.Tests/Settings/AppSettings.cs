using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace TicketAssistant.Tests.Settings;

/// <summary>The settings that an assembly reads, from the string literals in its code: every one is named as in the environment.</summary>
internal static partial class AppSettings
{
    public static IReadOnlySet<string> ReadBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            if (metadata.GetUserString(handle) is var text && Name().IsMatch(text)) found.Add(text);
        }

        return found;
    }

    public static IReadOnlySet<string> NamedIn(string text) =>
        Mention().Matches(text).Select(match => match.Value).ToSortedSet();

    private static SortedSet<string> ToSortedSet(this IEnumerable<string> names) => new(names, StringComparer.Ordinal);

    [GeneratedRegex("^[A-Z][A-Za-z]*__[A-Z][A-Za-z]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("[A-Z][A-Za-z]*__[A-Z][A-Za-z]*", RegexOptions.NonBacktracking)]
    private static partial Regex Mention();
}
