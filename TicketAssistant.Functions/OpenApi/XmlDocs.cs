using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>
/// The docs of the code, from the file that the compiler puts beside the assembly: the document's descriptions are those that
/// whoever changes the code has before them. Without the file there are no descriptions.
/// </summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = [];

    public XmlDocs(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path)) return;
        foreach (var member in XDocument.Load(path).Descendants("member")) _members[member.Attribute("name")!.Value] = member;
    }

    public string? Of(Type type) => Summary("T:" + type.FullName);

    public string? Of(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public string? Of(FieldInfo field) => Summary($"F:{field.DeclaringType!.FullName}.{field.Name}");

    public string? Of(MethodInfo method)
    {
        var prefix = $"M:{method.DeclaringType!.FullName}.{method.Name}(";
        return _members.Keys.FirstOrDefault(name => name.StartsWith(prefix, StringComparison.Ordinal)) is { } name ? Summary(name) : null;
    }

    private string? Summary(string member) => _members.GetValueOrDefault(member)?.Element("summary") is { } summary ? Text(summary) : null;

    private string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { Name.LocalName: "c" } code:
                    text.Append('`').Append(code.Value).Append('`');
                    break;
                case XElement element:
                    Append(text, element);
                    break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private void Append(StringBuilder text, XElement reference)
    {
        var target = reference.Attribute("cref")?.Value ?? reference.Attribute("name")?.Value ?? "";
        // "See <the other>" is for who can follow it; here the other one's own words stand instead.
        if (text.ToString().Trim() == "See" && Summary(target) is { } other)
        {
            text.Clear().Append(other.TrimEnd('.'));
            return;
        }

        text.Append('`').Append(target[(target.LastIndexOfAny(['.', ':']) + 1)..]).Append('`');
    }
}
