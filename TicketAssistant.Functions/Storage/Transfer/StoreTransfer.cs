using System.Text;
using System.Text.Json;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>Writes a store to a file of JSON lines and reads one into a store, a page at a time whatever the size.</summary>
/// <param name="store">The store.</param>
/// <param name="progress">Told how many records are through, now and then.</param>
internal sealed class StoreTransfer(IStoreTransfer store, Action<long> progress)
{
    private const int PageSize = 200;
    private const int ReportEvery = 5_000;

    /// <summary>
    /// Writes everything, in a fixed order, and returns the number of records. The file is there when it is whole: until then it
    /// is <c>{path}.part</c>.
    /// </summary>
    public async Task<long> ExportAsync(string path, CancellationToken cancellationToken)
    {
        var partial = path + ".part";
        File.Delete(partial); // an old one would keep its mode
        var count = 0L;
        await using (var writer = new StreamWriter(partial, new UTF8Encoding(false), ForOwnerOnly()) { NewLine = "\n" })
        {
            await CopyAsync(last => store.ReadUsersAsync(last?.User!.Id, PageSize, cancellationToken));
            await CopyAsync(last => store.ReadTicketsAsync(last?.Ticket!.Id, PageSize, cancellationToken));
            await CopyAsync(last => store.ReadMailsAsync(last?.Mail!.Key, PageSize, cancellationToken));
            await CopyAsync(last => store.ReadAuditAsync(last?.Audit!.Id, PageSize, cancellationToken));

            async Task CopyAsync(Func<StoreRecord?, Task<IReadOnlyList<StoreRecord>>> readAsync)
            {
                StoreRecord? last = null;
                IReadOnlyList<StoreRecord> page;
                do
                {
                    page = await readAsync(last);
                    foreach (var record in page)
                    {
                        await writer.WriteLineAsync(StoreRecordJson.Write(record).AsMemory(), cancellationToken);
                        if (++count % ReportEvery == 0) progress(count);
                    }

                    last = page.Count > 0 ? page[^1] : null;
                }
                while (page.Count == PageSize);
            }
        }

        File.Move(partial, path, overwrite: true);
        return count;
    }

    /// <summary>Stores what the file has and returns the number of records. Interrupted, it is simply repeated.</summary>
    /// <exception cref="InvalidDataException">A line is no record; the message has its number. What was before it is stored.</exception>
    public async Task<long> ImportAsync(string path, CancellationToken cancellationToken)
    {
        var count = 0L;
        var page = new List<StoreRecord>(PageSize);
        using (var reader = new StreamReader(path, Encoding.UTF8))
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                page.Add(Parse(line, count + 1));
                if (page.Count == PageSize) await WriteAsync();
                if (++count % ReportEvery == 0) progress(count);
            }
        }

        await WriteAsync();
        await store.CompleteAsync(cancellationToken);
        return count;

        async Task WriteAsync()
        {
            await store.WriteAsync(page, cancellationToken);
            page.Clear();
        }
    }

    // It holds password hashes.
    private static FileStreamOptions ForOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static StoreRecord Parse(string line, long number)
    {
        try
        {
            return StoreRecordJson.Read(line);
        }
        catch (JsonException e)
        {
            // Not with the reader's message, which may quote the line.
            throw new InvalidDataException($"Line {number} is no record of an export{(e.Path is null ? "" : $" (at {e.Path})")}; nothing from there on was imported.");
        }
    }
}
