using MimeKit;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// Writes mails as <c>.eml</c> files named after their Message-ID, readable for this account alone. A mail that is sent again
/// overwrites itself, and nobody ever sees half a file. Not flushed to the disk: these are for development.
/// </summary>
internal sealed class FileMailTransport(string directory) : IMailTransport
{
    private static readonly FormatOptions Format = CreateFormat();

    /// <inheritdoc />
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var messageId = message.MessageId ?? throw new ArgumentException("The message has no Message-ID.", nameof(message));
        using var bytes = new MemoryStream();
        message.WriteTo(Format, bytes, cancellationToken);
        var path = Path.Combine(directory, MailFile.IdFor(messageId) + MailFile.Extension);
        // Always the same temporary name: what a crash leaves behind is overwritten by the next attempt.
        var temporary = path + ".tmp";
        try
        {
            CreateDirectory();
            await using (var file = new FileStream(temporary, NewFile()))
                await file.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailTransportException($"Mail folder {directory}: {exception.Message}", innerException: exception);
        }
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
