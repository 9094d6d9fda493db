using System.Reflection;

namespace TicketAssistant.Tests.Api;

/// <summary>The public members of the real assemblies, from the embedded lists, and what ours may do otherwise.</summary>
internal sealed class ApiBaseline
{
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);

    public ApiBaseline()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("baseline/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0)
                {
                    _lines.Add(line);
                }
            }
        }
    }

    public int Count => _lines.Count;

    /// <summary>Those of the lines that no line of the real assemblies allows.</summary>
    public IEnumerable<string> NotFound(IEnumerable<string> lines) => lines.Where(line => !Allows(line));

    /// <summary>The real line that resembles one of ours most: of the same type if it has any of that kind.</summary>
    public string Nearest(string line)
    {
        string type = Head(line, 2);
        return _lines
            .OrderByDescending(real => Head(real, 2) == type)
            .ThenByDescending(real => real[0] == line[0])
            .ThenByDescending(real => Alike(real, line))
            .First();
    }

    private bool Allows(string line) => _lines.Contains(line)
        || (line[0] == 'T' && _lines.Any(real => Head(real, 3) == Head(line, 3) && AllowsBaseAndInterfaces(real.Split('|'), line.Split('|'))));

    // Ours may leave out interfaces, and may derive straight from Object or Attribute where the real base is a binding attribute.
    private static bool AllowsBaseAndInterfaces(string[] real, string[] ours)
        => (real[3] == ours[3] || (IsBindingAttribute(real[3]) && ours[3] is "System.Object" or "System.Attribute"))
            && !ours[4].Split(';', StringSplitOptions.RemoveEmptyEntries).Except(real[4].Split(';')).Any();

    private static bool IsBindingAttribute(string type)
        => type.StartsWith("Microsoft.Azure.Functions.Worker.Extensions.Abstractions.", StringComparison.Ordinal)
            && type.EndsWith("BindingAttribute", StringComparison.Ordinal);

    private static string Head(string line, int parts) => string.Join('|', line.Split('|').Take(parts));

    private static int Alike(string a, string b)
    {
        int shorter = Math.Min(a.Length, b.Length);
        int prefix = Enumerable.Range(0, shorter).TakeWhile(i => a[i] == b[i]).Count();
        int suffix = Enumerable.Range(1, shorter - prefix).TakeWhile(i => a[^i] == b[^i]).Count();
        return prefix + suffix;
    }
}
