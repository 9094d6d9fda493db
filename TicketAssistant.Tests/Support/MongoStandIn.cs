using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// The stand-in of Support/mongo-stand-in as a child process, one for all tests: it is not MongoDB, see the top of its main.js.
/// Started on first use; ends when this process does, because it reads its standard input to the end.
/// </summary>
internal static class MongoStandIn
{
    private static readonly Lazy<string> Server = new(Start);

    /// <summary>Why it can't be started here, or null.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Its address as a connection string.</summary>
    public static string ConnectionString => Server.Value;

    private static string Folder =>
        Environment.GetEnvironmentVariable("Test__MongoStandIn") ?? Path.Combine(Path.GetDirectoryName(SourceFile())!, "mongo-stand-in");

    private static string SourceFile([CallerFilePath] string path = "") => path;

    private static string? FindObstacle()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) return $"node_modules is not there: run 'npm ci' in {Folder}";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0 ? null : "node does not run";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no node";
        }
    }

    private static string Start()
    {
        var process = Process.Start(new ProcessStartInfo("node", ["main.js"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        var port = int.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The stand-in did not start."), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"mongodb://127.0.0.1:{port}/");
    }
}
