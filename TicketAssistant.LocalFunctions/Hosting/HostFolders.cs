namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Where the host looks for files.</summary>
/// <param name="ContentRoot">The app's folder, with its copy of host.json or below it.</param>
/// <param name="Project">The folder of the host.json that people edit: local.settings.json and the data directory are beside it.</param>
internal sealed record HostFolders(string ContentRoot, string Project)
{
    /// <summary>
    /// The folders of this process. Under <c>dotnet run</c> the app's folder is a build output; the project is then found
    /// from the current directory upwards.
    /// </summary>
    public static HostFolders Find()
    {
        var contentRoot = AppContext.BaseDirectory;
        var hostFile = HostFile.Find(Directory.GetCurrentDirectory()) ?? HostFile.Find(contentRoot);
        return new HostFolders(contentRoot, Path.GetDirectoryName(hostFile) ?? contentRoot);
    }
}
