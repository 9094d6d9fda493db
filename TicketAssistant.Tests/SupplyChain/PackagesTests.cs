using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.SupplyChain;

/// <summary>What comes from others: pinned, written down with its licence, and used.</summary>
public sealed partial class PackagesTests
{
    // Run by the build or by the test runner; no code names them, and none is shipped.
    private static readonly string[] Tools = ["Microsoft.NET.Test.Sdk", "xunit.runner.visualstudio", "Microsoft.Azure.Functions.Worker.Sdk", "Microsoft.DurableTask.Analyzers"];

    private static readonly string[] Projects = ["TicketAssistant.Functions", "TicketAssistant.LocalFunctions", "TicketAssistant.Tests", "TicketAssistant.Benchmarks"];

    public static TheoryData<string> AllProjects => [.. Projects];

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void Every_package_is_locked_with_its_hash(string project)
    {
        var locked = Locked(project);

        Assert.NotEmpty(locked);
        Assert.All(locked, package => Assert.Matches("^[A-Za-z0-9+/]{86}==$", package.Hash));
        Assert.Equal(References(project, azure: false).Order(StringComparer.OrdinalIgnoreCase), locked.Where(p => p.IsDirect).Select(p => p.Id).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_list_of_licences_names_what_the_app_ships_and_nothing_else()
    {
        var shipped = new[] { "TicketAssistant.Functions", "TicketAssistant.LocalFunctions" }.SelectMany(Locked).Where(p => !Tools.Contains(p.Id)).Select(p => $"{p.Id} {p.Version}").Distinct();
        var listed = ListedPackage().Matches(SourceTree.Read("docs", "licences.md")).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").ToList();

        Assert.Equal(shipped.Order(StringComparer.OrdinalIgnoreCase), listed.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_shipped_package_has_a_licence_that_lets_anybody_use_it()
    {
        var rows = ListedPackage().Matches(SourceTree.Read("docs", "licences.md"));
        Assert.All(rows, row => Assert.Contains(row.Groups[3].Value.Trim(), (string[])["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Public domain"]));
    }

    [Fact]
    public void Every_version_in_the_central_list_is_asked_for_by_a_project()
    {
        var versions = Document("Directory.Packages.props").Descendants("PackageVersion").Select(e => (string)e.Attribute("Include")!);
        var asked = Projects.SelectMany(project => References(project, azure: true)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(versions, id => Assert.True(asked.Contains(id), $"{id} is in Directory.Packages.props, and no project refers to it."));
    }

    [Theory]
    [InlineData("TicketAssistant.Functions")]
    [InlineData("TicketAssistant.LocalFunctions")]
    [InlineData("TicketAssistant.Tests")]
    public void Every_package_that_a_project_asks_for_is_used_by_its_code(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var assemblies = AssembliesByPackage();
        foreach (var id in References(project, azure: false).Except(Tools))
        {
            var own = WithDependencies(id, assemblies);
            Assert.True(own.Any(used.Contains), $"{project} refers to {id} and uses none of {string.Join(", ", own)}.");
        }
    }

    private static List<(string Id, string Version, string Hash, bool IsDirect)> Locked(string project)
    {
        using var file = JsonDocument.Parse(SourceTree.Read(project, "packages.Local.lock.json"));
        return
        [
            .. file.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => (
                    package.Name,
                    package.Value.GetProperty("resolved").GetString()!,
                    package.Value.GetProperty("contentHash").GetString()!,
                    package.Value.GetProperty("type").GetString() == "Direct"))
                .Distinct(),
        ];
    }

    private static List<string> References(string project, bool azure) =>
    [
        .. Document(project, $"{project}.csproj").Descendants("PackageReference")
            .Where(e => azure || !(e.Parent!.Attribute("Condition")?.Value is { } condition
                && (condition.Contains("== 'Azure'", StringComparison.Ordinal) || condition.Contains("NativeGemini", StringComparison.Ordinal))))
            .Select(e => (string)e.Attribute("Include")!),
    ];

    private static XDocument Document(params string[] path) => XDocument.Parse(SourceTree.Read(path));

    /// <summary>What .NET wrote beside the tests: each package's assemblies and the packages that it brings.</summary>
    private static Dictionary<string, (string[] Assemblies, string[] Dependencies)> AssembliesByPackage()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TicketAssistant.Tests.deps.json")));
        return file.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject().ToDictionary(
            library => library.Name.Split('/')[0],
            library => (Names(library.Value, "runtime").Select(path => Path.GetFileNameWithoutExtension(path)!).ToArray(), Names(library.Value, "dependencies").ToArray()),
            StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Names(JsonElement library, string of) =>
        library.TryGetProperty(of, out var value) ? [.. value.EnumerateObject().Select(entry => entry.Name)] : [];

    // A package may be no more than a name for several others (xunit.v3 is); then theirs count.
    private static List<string> WithDependencies(string id, Dictionary<string, (string[] Assemblies, string[] Dependencies)> all)
    {
        if (!all.TryGetValue(id, out var own)) return [];
        return own.Assemblies.Length > 0 ? [.. own.Assemblies] : [.. own.Dependencies.SelectMany(dependency => WithDependencies(dependency, all))];
    }

    [GeneratedRegex(@"^\| ([A-Za-z0-9.\-_]+) \| ([0-9][^ |]*) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex ListedPackage();
}
