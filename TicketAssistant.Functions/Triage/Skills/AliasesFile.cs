using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// A team's own words, from the file that <c>Triage__AliasesFile</c> names. One entry a line; empty lines and lines that begin
/// with <c>//</c> say nothing:
/// <code>
/// kubernetes = k8, orchestration platform     other names of a skill
/// billing ~ dunning run, late fee*            words that point to it; a * stands for any ending
/// </code>
/// The skill may be any name that is known already; one that isn't is a new skill. What a team says of a name goes before what
/// the app's own table says.
/// </summary>
internal sealed class AliasesFile
{
    /// <summary>How much one of the team's own cues says; a plain mention of a skill says as much.</summary>
    public const double CueWeight = 3;

    private const string Setting = "Triage__AliasesFile";
    private const long MaxBytes = 1 << 20;

    /// <summary>Other names of skills: both as normalised keys.</summary>
    public required IReadOnlyList<(string Name, string Alias)> Aliases { get; init; }

    /// <summary>Words that point to a skill: its normalised key, and the words as they were written.</summary>
    public required IReadOnlyList<(string Name, string Phrase)> Cues { get; init; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="SettingException">It isn't there, is larger than 1 MiB, or a line is malformed; names the line.</exception>
    public static AliasesFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new SettingException(Setting, $"'{path}' is larger than {MaxBytes} bytes.");
            return Parse(File.ReadLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(Setting, $"'{path}' can't be read: {e.Message}");
        }
    }

    /// <summary>Reads its lines.</summary>
    /// <exception cref="SettingException">One is malformed; names it.</exception>
    public static AliasesFile Parse(IEnumerable<string> lines)
    {
        var aliases = new Dictionary<string, (string Name, int Line)>(StringComparer.Ordinal);
        var cues = new List<(string Name, string Phrase)>();
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal)) continue;

            var (split, isAlias) = line.IndexOf(" = ", StringComparison.Ordinal) is var equals && equals > 0
                ? (equals, true)
                : (line.IndexOf(" ~ ", StringComparison.Ordinal), false);
            if (split <= 0) throw Malformed(number, line, "is neither 'skill = other name, other name' nor 'skill ~ words, words'");
            var name = SkillName.Normalize(line[..split]);
            if (name.Length == 0) throw Malformed(number, line, "names no skill");

            var entries = line[(split + 3)..].Split(',', StringSplitOptions.TrimEntries);
            foreach (var entry in entries)
            {
                if (SkillName.Normalize(entry.TrimEnd('*')).Length == 0) throw Malformed(number, line, "has an empty entry");
                if (!isAlias)
                {
                    cues.Add((name, entry));
                    continue;
                }

                if (entry.Contains('*', StringComparison.Ordinal)) throw Malformed(number, line, $"has a * in the name '{entry}'; words with endings belong after a ~");
                var alias = SkillName.Normalize(entry);
                if (!aliases.TryAdd(alias, (name, number)) && aliases[alias].Name != name)
                    throw Malformed(number, line, $"gives '{entry}' to '{name}', line {aliases[alias].Line} gives it to '{aliases[alias].Name}'");
            }
        }

        return new AliasesFile { Aliases = [.. aliases.Select(entry => (entry.Value.Name, entry.Key))], Cues = cues };
    }

    private static SettingException Malformed(int number, string line, string problem) => new(Setting, $"line {number}, '{line}', {problem}.");
}
