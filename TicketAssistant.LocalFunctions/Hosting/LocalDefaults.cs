using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using TicketAssistant.LocalFunctions.Management.Runs;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// What the app would have to be told elsewhere: a data directory, an address, secrets. The lowest of all configuration, so
/// that whatever the user sets wins; and a secret is made only when it is read, so none is made in vain.
/// </summary>
/// <param name="configuration">The whole configuration, which may name another data directory.</param>
/// <param name="projectFolder">Where the data directory is unless told otherwise.</param>
internal sealed class LocalDefaults(IConfiguration configuration, string projectFolder) : ConfigurationProvider, IConfigurationSource
{
    public const string DataDirectoryKey = "Local:DataDirectory";
    public const string UrlsKey = "Local:Urls";
    public const string ManagementKeyKey = "Local:ManagementKey";
    public const string ManagementKeyFile = "management-key.txt";
    public const string AdminPasswordFile = "admin-password.txt";

    // Without the characters that are taken for one another.
    private const string Readable = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly Lock _making = new();

    /// <summary>The admin's password, if it was made just now: to be shown this once.</summary>
    public string? NewAdminPassword { get; private set; }

    /// <summary>The data directory that is in use, as a full path.</summary>
    public static string DataDirectory(IConfiguration configuration) => configuration[DataDirectoryKey] is { } path && !string.IsNullOrWhiteSpace(path)
        ? Path.GetFullPath(path)
        : throw new HostStartException("Local__DataDirectory is empty; name a folder, or leave it unset.");

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <inheritdoc/>
    public override void Load()
    {
        // Names alone, for whoever enumerates sections; TryGet has the values.
        foreach (var key in (string[])[DataDirectoryKey, UrlsKey, ManagementKeyKey, "Jwt:Secret", "Admin:Password", "App:Url", "App:RunsUrl"]) Data[key] = null;
    }

    /// <inheritdoc/>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Cases of a switch, never compared otherwise.")]
    public override bool TryGet(string key, out string? value)
    {
        value = key.ToLowerInvariant() switch
        {
            "local:datadirectory" => Path.Combine(projectFolder, ".local"),
            "local:urls" => HostArguments.DefaultUrls,
            "local:managementkey" => Secret(ManagementKeyFile, "Local__ManagementKey", () => RandomNumberGenerator.GetHexString(40, lowercase: true)),
            "jwt:secret" => Secret("jwt-secret.txt", "Jwt__Secret", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48))),
            "admin:password" => Secret(AdminPasswordFile, "Admin__Password", () => NewAdminPassword = RandomNumberGenerator.GetString(Readable, 20)),
            "app:runsurl" => $"{RunsPage.Prefix}/",
            "app:url" => AppUrl(configuration[UrlsKey]),
            _ => null,
        };
        return value is not null;
    }

    // Links lead to where it listens; with port 0 nobody knows that yet.
    private static string? AppUrl(string? urls) =>
        HostArguments.Split(urls ?? "") is [var first, ..] && Uri.TryCreate(first, UriKind.Absolute, out var uri) && uri.Port != 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    private string Secret(string file, string setting, Func<string> generate)
    {
        lock (_making) return SecretFile.ReadOrCreate(Path.Combine(DataDirectory(configuration), file), setting, generate);
    }
}
