using Microsoft.Extensions.DependencyInjection;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>The command line's <c>export FILE</c> and <c>import FILE</c>.</summary>
public static class TransferCommand
{
    /// <summary>
    /// Carries the command out on the store that the settings name and returns the process's exit code; null, doing nothing,
    /// where the arguments have no such command.
    /// </summary>
    public static async Task<int?> RunAsync(string[] args, IServiceProvider services)
    {
        if (args is not [("export" or "import") and var command, ..]) return null;
        if (args.Length != 2)
        {
            await Console.Error.WriteLineAsync($"{command}: needs the name of one file, as in '{command} tickets.jsonl'.");
            return 1;
        }

        var path = args[1];
        try
        {
            var transfer = new StoreTransfer(services.GetRequiredService<IStoreTransfer>(), count => Console.Error.WriteLine($"{count} records ..."));
            var count = command == "export"
                ? await transfer.ExportAsync(path, CancellationToken.None)
                : await transfer.ImportAsync(path, CancellationToken.None);
            await Console.Error.WriteLineAsync($"{command} {path}: {count} records, complete.");
            return 0;
        }
        catch (Exception e) when (e is StoreUnavailableException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{command} {path}: {e.Message} Not complete; it can be repeated.");
            return 1;
        }
    }
}
