using MimeKit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class MailFolderTests : IDisposable
{
    private readonly TempFolder root = new();

    private string Folder => root.File("mail");

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task A_mail_that_is_sent_again_overwrites_itself()
    {
        await WriteAsync(Mails.Compose(Mails.Ticket));
        await WriteAsync(Mails.Compose(Mails.Ticket with { Title = "Newer" }));

        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal($"{MessageId.For(Mails.Key, "tickets.local")}.eml", Path.GetFileName(file));
        Assert.Equal("[High] Newer (#9e0f1a2b)", (await MimeMessage.LoadAsync(file)).Subject);
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_no_mail_and_does_not_stay()
    {
        var mail = Mails.Compose(Mails.Ticket);
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, mail.MessageId + ".eml.tmp"), new string('x', 100_000));
        Assert.Empty(await new MailFolder(Folder).ListAsync(default));

        await WriteAsync(mail);

        Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal(mail.Subject, Assert.Single(await new MailFolder(Folder).ListAsync(default)).Subject);
    }

    [Fact]
    public async Task Only_this_account_can_read_mails()
    {
        await WriteAsync(Mails.Compose(Mails.Ticket));

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes; the folder inherits its access list.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Folder).Single()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_failure_that_may_pass()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be");

        var exception = await Assert.ThrowsAsync<MailTransportException>(() => WriteAsync(Mails.Compose(Mails.Ticket)));

        Assert.False(exception.IsPermanent);
        Assert.Contains(Folder, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd@example.com")]
    [InlineData(".hidden@example.com")]
    [InlineData("a/b@example.com")]
    [InlineData("a\\b@example.com")]
    [InlineData("C:evil@example.com")]
    public void A_strange_message_id_names_a_file_in_the_folder_all_the_same(string messageId)
    {
        var id = MailFile.IdFor(messageId);

        Assert.True(MailFile.IsId(id), id);
        Assert.NotEqual(id, MailFile.IdFor(messageId + "x"));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_bounded()
    {
        for (var i = 0; i <= MailFolder.MaxListed; i++)
        {
            var mail = Mails.Compose(Mails.Ticket with { Title = $"Mail {i}" });
            mail.MessageId = $"m{i}@example.com";
            await WriteAsync(mail);
            File.SetLastWriteTimeUtc(Path.Combine(Folder, $"m{i}@example.com.eml"), Mails.OwedAt.UtcDateTime.AddMinutes(i));
        }

        var list = await new MailFolder(Folder).ListAsync(default);

        Assert.Equal(MailFolder.MaxListed, list.Count);
        Assert.Equal(new("m200@example.com", "Mo Müller <mo@example.com>", "[High] Mail 200 (#9e0f1a2b)", Mails.OwedAt.AddMinutes(200)), list[0]);
        Assert.Equal("m1@example.com", list[^1].Id);
    }

    [Fact]
    public async Task A_listed_mail_can_be_read()
    {
        await WriteAsync(Mails.Compose(Mails.Ticket));
        var folder = new MailFolder(Folder);

        var mail = await folder.ReadAsync((await folder.ListAsync(default)).Single().Id, default);

        Assert.NotNull(mail);
        Assert.Contains("größer", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<h1", mail.Html, StringComparison.Ordinal);
        Assert.Contains(("Auto-Submitted", "auto-generated"), mail.Headers);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("sub/inside")]
    [InlineData("absent")]
    [InlineData("link")]
    [InlineData("")]
    public async Task Nothing_else_can_be_read(string id)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        var outside = root.File("outside.eml");
        await File.WriteAllTextAsync(outside, "Subject: secret\r\n\r\nsecret");
        await File.WriteAllTextAsync(Path.Combine(Folder, "sub", "inside.eml"), "Subject: secret\r\n\r\nsecret");
        if (id == "link" && !OperatingSystem.IsWindows()) File.CreateSymbolicLink(Path.Combine(Folder, "link.eml"), outside);

        Assert.Null(await new MailFolder(Folder).ReadAsync(id, default));
        Assert.Null(await new MailFolder(Folder).ReadAsync(outside, default));
        Assert.Empty(await new MailFolder(Folder).ListAsync(default));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_empty() =>
        Assert.Empty(await new MailFolder(Folder).ListAsync(default));

    private Task WriteAsync(MimeMessage message) => new FileMailTransport(Folder).SendAsync(message, default);
}
