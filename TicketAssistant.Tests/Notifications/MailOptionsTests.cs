using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Settings;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class MailOptionsTests
{
    private static readonly string DataDirectory = Path.Combine(Path.GetTempPath(), "data");

    [Fact]
    public void A_host_is_enough_and_everything_else_has_a_default()
    {
        var options = Read(("Smtp:Host", "mail.example.com"));

        Assert.Equal("mail.example.com", options.SmtpHost);
        Assert.Equal(587, options.SmtpPort);
        Assert.Null(options.Credentials);
        Assert.Equal(MailSecurity.Auto, options.Security);
        Assert.Equal(TimeSpan.FromSeconds(20), options.Timeout);
        Assert.Equal("\"TicketAssistant\" <no-reply@tickets.local>", options.From.ToString());
        Assert.Equal("http://localhost:7071/", options.AppUrl.AbsoluteUri);
        Assert.Null(options.MailDirectory);
        Assert.Equal("tickets.local", options.MessageIdDomain);
    }

    [Fact]
    public void Without_a_host_mails_go_into_the_data_directory()
    {
        var options = Read(("Local:DataDirectory", DataDirectory));

        Assert.Null(options.SmtpHost);
        Assert.Equal(Path.Combine(DataDirectory, "mail"), options.MailDirectory);
    }

    [Fact]
    public void Everything_that_is_set_is_read()
    {
        var options = Read(
            ("Smtp:Host", "sandbox.smtp.mailtrap.io"), ("Smtp:Port", "2525"), ("Smtp:User", "u"), ("Smtp:Password", "p"),
            ("Smtp:From", "Support <support@bücher.example>"), ("Smtp:Security", "starttls"), ("Smtp:TimeoutSeconds", "5"),
            ("App:Url", "https://help.example.com/app"));

        Assert.Equal(2525, options.SmtpPort);
        Assert.Equal(("u", "p"), (options.Credentials!.UserName, options.Credentials.Password));
        Assert.Equal(MailSecurity.StartTls, options.Security);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
        Assert.Equal("https://help.example.com/app", options.AppUrl.AbsoluteUri);
        Assert.Equal("xn--bcher-kva.example", options.MessageIdDomain);
    }

    [Theory]
    [InlineData("Smtp:Host", "smtp://mail.example.com:587", "Smtp__Host")]
    [InlineData("Smtp:Port", "0", "Smtp__Port")]
    [InlineData("Smtp:Port", "smtp", "Smtp__Port")]
    [InlineData("Smtp:User", "somebody", "Smtp__Password")]
    [InlineData("Smtp:Password", "secret", "Smtp__User")]
    [InlineData("Smtp:From", "Support <support@", "Smtp__From")]
    [InlineData("Smtp:From", "root", "Smtp__From")]
    [InlineData("Smtp:Security", "SSL", "Smtp__Security")]
    [InlineData("Smtp:TimeoutSeconds", "0", "Smtp__TimeoutSeconds")]
    [InlineData("App:Url", "help.example.com", "App__Url")]
    [InlineData("App:Url", "https://help.example.com/?a=b", "App__Url")]
    public void A_malformed_setting_is_named(string key, string value, string named)
    {
        var exception = Assert.Throws<SettingException>(() => Read(("Smtp:Host", "mail.example.com"), (key, value)));

        Assert.Equal(named, exception.Setting);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_a_host_nor_a_data_directory_is_refused() =>
        Assert.Equal("Smtp__Host", Assert.Throws<SettingException>(() => Read()).Setting);

    [Fact]
    public void The_password_is_not_part_of_the_text_form() =>
        Assert.DoesNotContain("hunter2", Read(("Smtp:Host", "m"), ("Smtp:User", "u"), ("Smtp:Password", "hunter2")).ToString(), StringComparison.Ordinal);

    private static MailOptions Read(params (string Key, string Value)[] settings) =>
        MailOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(s => s.Key).ToDictionary(g => g.Key, g => (string?)g.Last().Value))
            .Build());
}
