extern alias runtime;

using System.Text.Json;
using Microsoft.Extensions.Configuration;
using runtime::TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Startup;
using Xunit;

namespace TicketAssistant.Tests.Settings;

/// <summary>The code, the README, the sample of local settings and the Bicep files speak of the same settings.</summary>
public sealed class SettingsTests
{
    // For tests only, and refused elsewhere.
    private const string TestOnly = "Passwords__AllowWeakForTests";

    private static readonly string s_root =
        AppContext.BaseDirectory[..AppContext.BaseDirectory.LastIndexOf("TicketAssistant.Tests", StringComparison.Ordinal)];

    private static readonly IReadOnlySet<string> s_app = AppSettings.ReadBy(typeof(TicketAssistantBuilder).Assembly);

    [Fact]
    public void Every_setting_that_the_code_reads_is_in_the_readme_and_every_one_in_the_readme_is_read()
    {
        var runtime = AppSettings.ReadBy(typeof(HostFile).Assembly);
        var code = s_app.Union(runtime).Except([TestOnly]).Order(StringComparer.Ordinal);

        Assert.Equal(code, AppSettings.NamedIn(Section("README.md", "## Settings")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_holds_every_setting_of_the_app_but_those_of_the_local_runtime()
    {
        var expected = s_app.Where(name => name != TestOnly && !name.StartsWith("Local__", StringComparison.Ordinal))
            .Concat(["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Sample().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_app_takes_the_sample_as_it_is()
    {
        var builder = Microsoft.Azure.Functions.Worker.Builder.FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(Sample().Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value)));

        builder.AddTicketAssistant([]);

        Assert.Equal(60, JwtOptions.Read(builder.Configuration).Lifetime.TotalMinutes);
    }

    [Fact]
    public void Infra_sets_no_setting_that_the_app_does_not_read()
    {
        var set = Directory.EnumerateFiles(Path.Combine(s_root, "infra"), "*.bicep", SearchOption.AllDirectories)
            .SelectMany(file => AppSettings.NamedIn(File.ReadAllText(file))).Where(name => !name.StartsWith("AzureWebJobs", StringComparison.Ordinal));

        Assert.Contains("Mongo__ConnectionString", set);
        Assert.Empty(set.Except(s_app));
    }

    [Fact]
    public void The_local_runtime_takes_the_projects_host_json()
    {
        var host = HostFile.Load(s_root);

        Assert.Equal("", host.RoutePrefix);
        Assert.True(host.ExtendedSessions);
        Assert.NotNull(host.MaxConcurrentActivities);
    }

    private static Dictionary<string, string> Sample()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_root, "local.settings.sample.json")));
        return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
    }

    private static string Section(string file, string heading)
    {
        var text = File.ReadAllText(Path.Combine(s_root, file));
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        return text[start..text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal)];
    }
}
