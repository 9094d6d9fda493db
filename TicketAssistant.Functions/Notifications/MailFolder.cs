using MimeKit;

namespace TicketAssistant.Functions.Notifications;

/// <summary>The folder of <c>.eml</c> files, for reading.</summary>
/// <param name="directory">Absolute path; need not exist.</param>
public sealed class MailFolder(string directory)
{
    /// <summary>How many mails a list shows at most.</summary>
    public const int MaxListed = 200;

    private const long MaxBytes = 1_000_000;

    /// <summary>The newest <see cref="MaxListed"/> mails, newest first. Files that are not mails are left out.</summary>
    public async Task<IReadOnlyList<MailFolderEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(directory);
        if (!folder.Exists) return [];
        var newest = folder.EnumerateFiles("*" + MailFile.Extension)
            .Select(file => (File: file, Written: file.LastWriteTimeUtc))
            .OrderByDescending(file => file.Written).ThenBy(file => file.File.Name, StringComparer.Ordinal)
            .Take(MaxListed);
        var entries = new List<MailFolderEntry>();
        foreach (var (file, written) in newest)
        {
            var id = Path.GetFileNameWithoutExtension(file.Name);
            if (Open(id) is not { } stream) continue;
            await using (stream)
            {
                if (await ReadHeadersAsync(stream, cancellationToken) is { } headers)
                    entries.Add(new(id, headers[HeaderId.To] ?? "", headers[HeaderId.Subject] ?? "", written));
            }
        }

        return entries;
    }

    /// <summary>The mail that a list calls <paramref name="id"/>, or null: gone, no mail, or not a name from a list.</summary>
    public async Task<MailFolderMessage?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (Open(id) is not { } stream) return null;
        await using (stream)
        {
            try
            {
                var message = await MimeMessage.LoadAsync(stream, cancellationToken);
                return new(message.Subject ?? "", [.. message.Headers.Select(header => (header.Field, header.Value))], message.TextBody, message.HtmlBody);
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }

    /// <summary>Null for what can't be a mail of ours: another name than we give, a link to elsewhere, a huge file, or none.</summary>
    private FileStream? Open(string id)
    {
        if (!MailFile.IsId(id)) return null;
        var file = new FileInfo(Path.Combine(directory, id + MailFile.Extension));
        if (!file.Exists || file.LinkTarget is not null || file.Length > MaxBytes) return null;
        try
        {
            return new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096, useAsync: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<HeaderList?> ReadHeadersAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await new MimeParser(stream, MimeFormat.Entity).ParseHeadersAsync(cancellationToken);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
