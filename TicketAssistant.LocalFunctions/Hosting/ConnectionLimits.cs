using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// What one process bears of clients that are slow or many. On Azure the platform's front ends do this; here nobody else does.
/// </summary>
/// <param name="MaxConnections">Open connections; one more is closed at once.</param>
/// <param name="HeaderTimeout">The longest that a request's head may take to arrive.</param>
internal sealed record ConnectionLimits(int MaxConnections, TimeSpan HeaderTimeout)
{
    private const string MaxConnectionsSetting = "Local__MaxConnections";
    private const string HeaderTimeoutSetting = "Local__HeaderTimeoutSeconds";

    private const int BytesPerSecond = 240;
    private const int MaxHeaders = 100;
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxRequestLineBytes = 8 * 1024;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(2);

    /// <summary>Reads both settings; 4096 connections and 15 seconds where nothing is said.</summary>
    /// <exception cref="HostStartException">One is malformed.</exception>
    public static ConnectionLimits Read(IConfiguration configuration) => new(
        Number(configuration, MaxConnectionsSetting, 4096, 1_000_000), TimeSpan.FromSeconds(Number(configuration, HeaderTimeoutSetting, 15, 600)));

    /// <summary>Has Kestrel keep them, and what goes with them.</summary>
    public void ApplyTo(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = HeaderTimeout;
        limits.KeepAliveTimeout = s_idle;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        // Slower than any modem: whoever is, holds a connection for its own sake.
        limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecond, s_grace);
        limits.MinResponseDataRate = new MinDataRate(BytesPerSecond, s_grace);
    }

    private static int Number(IConfiguration configuration, string setting, int fallback, int most)
    {
        if (configuration[setting.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] is not { Length: > 0 } text) return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new HostStartException($"{setting}: '{text}' is not a whole number from 1 to {most}.");
    }
}
