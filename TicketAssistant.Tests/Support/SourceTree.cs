using System.Runtime.CompilerServices;

namespace TicketAssistant.Tests.Support;

/// <summary>The repository's files, for tests of what is written in them.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Here([CallerFilePath] string path = "") => path;
}
