using DotNet.Testcontainers.Builders;
using Testcontainers.MongoDb;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// A real MongoDB in a container, one for all tests, where Docker is there and can start it. Testcontainers removes it when
/// this process has ended.
/// </summary>
internal static class MongoContainer
{
    private const string Image = "mongo:8.0";

    private static readonly Lazy<(string? ConnectionString, string? Obstacle)> Server = new(Start);

    /// <summary>Its connection string, or null.</summary>
    public static string? ConnectionString => Server.Value.ConnectionString;

    /// <summary>Why it could not be started, or null.</summary>
    public static string? Obstacle => Server.Value.Obstacle;

    private static (string? ConnectionString, string? Obstacle) Start()
    {
        // Asking Testcontainers without an engine costs seconds; its absence is seen at once.
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is null && !File.Exists("/var/run/docker.sock") && !OperatingSystem.IsWindows())
            return (null, "no Docker engine");
        try
        {
            var container = new MongoDbBuilder(Image).Build();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            Task.Run(() => container.StartAsync(patience.Token)).GetAwaiter().GetResult();
            return (container.GetConnectionString(), null);
        }
        catch (Exception e) when (e is DockerUnavailableException or OperationCanceledException or InvalidOperationException or HttpRequestException or TimeoutException)
        {
            return (null, $"Docker could not start {Image}: {e.Message}");
        }
    }
}
