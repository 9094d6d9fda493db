using Microsoft.Extensions.Configuration;
using TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>What the host adds to the app's configuration, and from which files.</summary>
public sealed class LocalSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Secrets_are_made_once_and_kept_for_their_owner_alone()
    {
        var first = Configuration();
        var jwt = first["Jwt:Secret"];
        var admin = first.GetSection("Admin")["Password"];

        Assert.True(Convert.FromBase64String(jwt!).Length >= 32);
        Assert.Equal(20, admin!.Length);
        Assert.All(admin, c => Assert.DoesNotContain(c, "0O1lI"));
        var second = Configuration();
        Assert.Equal((jwt, admin), (second["Jwt:Secret"], second["Admin:Password"]));
        Assert.Equal(jwt, File.ReadAllText(Secret("jwt-secret.txt")).Trim());
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secret("jwt-secret.txt")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secret("admin-password.txt")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File(".local")));
    }

    [Fact]
    public void Nothing_is_made_for_what_the_user_has_set()
    {
        var configuration = Configuration(("Jwt:Secret", "mine"), ("Admin:Password", "mine too"));

        Assert.Equal(("mine", "mine too"), (configuration["Jwt:Secret"], configuration["Admin:Password"]));
        Assert.False(Directory.Exists(_folder.File(".local")));
    }

    [Fact]
    public void Secrets_follow_the_data_directory()
    {
        _ = Configuration((LocalDefaults.DataDirectoryKey, _folder.File("elsewhere")))["Jwt:Secret"];

        Assert.True(File.Exists(Path.Combine(_folder.File("elsewhere"), "jwt-secret.txt")));
    }

    [Fact]
    public void An_empty_secret_file_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(_folder.File(".local"));
        File.WriteAllText(Secret("jwt-secret.txt"), "\n");

        var thrown = Assert.Throws<HostStartException>(() => Configuration()["Jwt:Secret"]);

        Assert.Contains(Secret("jwt-secret.txt"), thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Jwt__Secret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Local_settings_are_above_the_defaults_and_below_the_environment()
    {
        const string Variable = "LocalSettingsTests__Both";
        Environment.SetEnvironmentVariable(Variable, "environment");
        try
        {
            File.WriteAllText(_folder.File("local.settings.json"), """
                {
                  // as Core Tools write it
                  "IsEncrypted": false,
                  "Values": { "LocalSettingsTests__Both": "file", "Section:One": "1", "Section__Two": true, "Jwt__Secret": "from the file" },
                }
                """);

            var configuration = Configuration();

            Assert.Equal("environment", configuration["LocalSettingsTests:Both"]);
            Assert.Equal(("1", "True"), (configuration["Section:One"], configuration["Section:Two"]));
            Assert.Equal("from the file", configuration["Jwt:Secret"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Theory]
    [InlineData("{ x")]
    [InlineData("[]")]
    [InlineData("""{"Values": []}""")]
    [InlineData("""{"Values": {"Jwt": {"Secret": "nested"}}}""")]
    public void Malformed_local_settings_are_named(string text)
    {
        File.WriteAllText(_folder.File("local.settings.json"), text);

        var thrown = Assert.Throws<HostStartException>(() => Configuration());

        Assert.Contains(_folder.File("local.settings.json"), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_json_is_found_upwards_and_read()
    {
        File.WriteAllText(_folder.File("host.json"), """
            {
              "version": "2.0", // a comment
              "extensions": {
                "http": { "routePrefix": "/v1/" },
                "durableTask": { "maxConcurrentActivityFunctions": 3, "maxConcurrentOrchestratorFunctions": 4, "extendedSessionsEnabled": true },
              },
            }
            """);

        Assert.Equal(new HostFile("v1", 3, 4, true), HostFile.Load(Directory.CreateDirectory(_folder.File("bin/net")).FullName));
    }

    [Fact]
    public void Host_json_has_the_real_hosts_defaults()
    {
        File.WriteAllText(_folder.File("host.json"), """{"version": "2.0"}""");

        Assert.Equal(new HostFile("api", null, null, false), HostFile.Load(_folder.Path));
    }

    [Theory]
    [InlineData("{ x", "cannot be read")]
    [InlineData("[]", "version")]
    [InlineData("{}", "version")]
    [InlineData("""{"version": 2}""", "version")]
    [InlineData("""{"version": "2.0", "extensions": {"http": {"routePrefix": 1}}}""", "routePrefix")]
    [InlineData("""{"version": "2.0", "extensions": {"durableTask": {"maxConcurrentActivityFunctions": 0}}}""", "maxConcurrentActivityFunctions")]
    public void A_malformed_host_json_is_named_with_the_value(string text, string expected)
    {
        File.WriteAllText(_folder.File("host.json"), text);

        var thrown = Assert.Throws<HostStartException>(() => HostFile.Load(_folder.Path));

        Assert.Contains(_folder.File("host.json"), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_win_over_host_json()
    {
        var file = new HostFile("api", 3, 4, false);

        Assert.Equal(new HostFile("api", 1, 4, false), file.With(Settings("maxConcurrentActivityFunctions", "1")));
        Assert.Equal(file, file.With(Settings("maxConcurrentActivityFunctions", "")));
        var thrown = Assert.Throws<HostStartException>(() => file.With(Settings("maxConcurrentOrchestratorFunctions", "many")));
        Assert.Contains("AzureFunctionsJobHost__extensions__durableTask__maxConcurrentOrchestratorFunctions is 'many'", thrown.Message, StringComparison.Ordinal);

        static IConfiguration Settings(string name, string value) => new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("AzureFunctionsJobHost:extensions:durableTask:" + name, (string?)value)]).Build();
    }

    [Theory]
    [InlineData("http://localhost:7071")]
    [InlineData("http://localhost:8080", "--port", "8080")]
    [InlineData("http://localhost:8080", "--port=8080")]
    [InlineData("http://127.0.0.1:0", "--port", "0")]
    [InlineData("http://*:80;http://*:81", "--urls", "http://*:80;http://*:81", "--port", "9")]
    public void The_address_comes_from_the_command_line_and_is_loopback_otherwise(string expected, params string[] args) =>
        Assert.Equal(expected, LocalHost.CreateWebBuilder(args, Folders()).Configuration[LocalDefaults.UrlsKey]);

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "http")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    public void A_port_that_is_none_is_an_error(params string[] args)
    {
        var thrown = Assert.Throws<HostStartException>(() => LocalHost.CreateWebBuilder(args, Folders()));

        Assert.Contains("--port", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_in_use_is_one_line_that_says_what_to_do()
    {
        await using var first = await Hosts.StartAsync(typeof(CatchAllFunctions), dataDirectory: _folder.Path);

        var thrown = await Assert.ThrowsAsync<DataDirectoryInUseException>(() => Hosts.StartAsync(typeof(CatchAllFunctions), dataDirectory: _folder.Path));

        Assert.Contains("Local__DataDirectory", StartFailure.Describe(thrown), StringComparison.Ordinal);
    }

    private string Secret(string file) => Path.Combine(_folder.File(".local"), file);

    private HostFolders Folders() => new(AppContext.BaseDirectory, _folder.Path);

    private ConfigurationManager Configuration(params (string Key, string Value)[] settings)
    {
        var configuration = LocalHost.CreateWebBuilder([], Folders()).Configuration;
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        return configuration;
    }
}
