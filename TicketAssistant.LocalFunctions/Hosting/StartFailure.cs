using Microsoft.AspNetCore.Connections;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Ends the process with one line and exit code 1 where the host could not start for a reason that its user can mend.
/// Hooked to unhandled exceptions, because the app's Program is the same source in both flavours and knows no type of ours;
/// whoever catches the exception, a test for one, is not concerned.
/// </summary>
internal static class StartFailure
{
    private static int s_hooked;

    public static void EndProcessWithOneLine()
    {
        if (Interlocked.Exchange(ref s_hooked, 1) == 1) return;
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (Describe(e.ExceptionObject) is not { } line) return;
            Console.Error.WriteLine(line);
            Environment.Exit(1);
        };
    }

    /// <summary>The line to print, or null for anything that is a bug and deserves its stack trace.</summary>
    public static string? Describe(object exception) => exception switch
    {
        HostStartException or DataDirectoryInUseException => ((Exception)exception).Message,
        IOException { InnerException: AddressInUseException } e => $"{e.Message} Stop the other process, or choose another port with --port.",
        _ => null,
    };
}
