using System.Net;
using Microsoft.Extensions.Configuration;
using MimeKit;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Where mail goes, whom it is from, and what its links point to.</summary>
public sealed record MailOptions
{
    /// <summary>Name or address of the mail server; null when mails are written as files.</summary>
    public string? SmtpHost { get; init; }

    /// <summary>The server's port.</summary>
    public int SmtpPort { get; init; } = 587;

    /// <summary>User and password for the server; null when it asks for none.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Connecting, logging in and handing a mail over may take this long in total.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The sender. Its domain is the domain of the Message-IDs too.</summary>
    public MailboxAddress From { get; init; } = new("TicketAssistant", "no-reply@tickets.local");

    /// <summary>Where users reach the web app; links are built on it.</summary>
    public Uri AppUrl { get; init; } = new("http://localhost:7071");

    /// <summary>Absolute path of the folder of <c>.eml</c> files; null without a data directory.</summary>
    public string? MailDirectory { get; init; }

    /// <summary>The ASCII domain that Message-IDs end with.</summary>
    public string MessageIdDomain => From.GetAddress(idnEncode: true).Split('@')[^1];

    /// <summary>
    /// A sender's exclusive right to one mail: longer than a send can take, so that a second one never begins while the
    /// first may still succeed, and short enough that a mail whose sender died is soon tried again.
    /// </summary>
    public TimeSpan Lease => Timeout + TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reads <c>Smtp__*</c>, <c>App__Url</c> and <c>Local__DataDirectory</c>. With <c>Smtp__Host</c> mail goes there, without
    /// it into the data directory.
    /// </summary>
    /// <exception cref="SettingException">
    /// A setting is malformed, one of user and password is missing, or there is neither a host nor a data directory.
    /// </exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        var defaults = new MailOptions();
        var dataDirectory = configuration.Text("Local__DataDirectory");
        var host = ReadHost(configuration);
        if (host is null && dataDirectory is null)
            throw new SettingException("Smtp__Host", "is not set, and there is no data directory to write mails to. Set it to the name of your mail server.");

        return new()
        {
            SmtpHost = host,
            SmtpPort = configuration.Number("Smtp__Port", defaults.SmtpPort, 1, 65535),
            Credentials = ReadCredentials(configuration),
            Security = configuration.Choice("Smtp__Security", MailSecurity.Auto),
            Timeout = TimeSpan.FromSeconds(configuration.Number("Smtp__TimeoutSeconds", 20, 1, 300)),
            From = ReadFrom(configuration) ?? defaults.From,
            AppUrl = ReadAppUrl(configuration) ?? defaults.AppUrl,
            MailDirectory = dataDirectory is null ? null : Path.GetFullPath(Path.Combine(dataDirectory, "mail")),
        };
    }

    private static string? ReadHost(IConfiguration configuration)
    {
        var host = configuration.Text("Smtp__Host");
        return host is null || Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? host
            : throw new SettingException("Smtp__Host", $"'{host}' is not a host name or address; the port goes into Smtp__Port.");
    }

    private static NetworkCredential? ReadCredentials(IConfiguration configuration)
    {
        var user = configuration.Text("Smtp__User");
        var password = configuration.Text("Smtp__Password");
        return (user, password) switch
        {
            (null, null) => null,
            (not null, null) => throw new SettingException("Smtp__Password", "is not set although Smtp__User is. Set both or neither."),
            (null, not null) => throw new SettingException("Smtp__User", "is not set although Smtp__Password is. Set both or neither."),
            _ => new NetworkCredential(user, password),
        };
    }

    private static MailboxAddress? ReadFrom(IConfiguration configuration)
    {
        var text = configuration.Text("Smtp__From");
        if (text is null) return null;
        // MimeKit also takes "root": good for an envelope, but a Message-ID needs a domain.
        return MailboxAddress.TryParse(text, out var from) && from.Address.IndexOf('@', StringComparison.Ordinal) > 0
            ? from
            : throw new SettingException("Smtp__From", $"'{text}' is not an address such as 'Support <support@example.com>'.");
    }

    private static Uri? ReadAppUrl(IConfiguration configuration)
    {
        var url = configuration.HttpAddress("App__Url");
        return url is null || (url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0)
            ? url
            : throw new SettingException("App__Url", $"'{url}' has a query, a fragment or a user; only scheme, host, port and path belong there.");
    }
}
