using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>One HTTP client with a bound on its connections; each answer is timed and counted under its route's name.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _http;

    public LoadClient(Uri address, int connections, TimeSpan timeout)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false })
        {
            BaseAddress = address,
            Timeout = timeout,
        };
    }

    public Latencies Latencies { get; set; } = new();

    /// <summary>
    /// Sends and reads the whole answer. <paramref name="since"/> is when the request was due (a time stamp of
    /// <see cref="Stopwatch"/>): under a fixed rate, waiting for a free connection counts. What isn't expected, by default all but
    /// a success, is counted as a failure. Null when there was no answer.
    /// </summary>
    public async Task<LoadReply?> SendAsync(string route, HttpMethod method, string path, string? token, HttpContent? body = null, string? key = null, long? since = null,
        Func<int, bool>? isExpected = null)
    {
        var start = since ?? Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await _http.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            var reply = new LoadReply((int)response.StatusCode, bytes);
            Latencies.Record(route, Stopwatch.GetElapsedTime(start), reply.Status, isExpected?.Invoke(reply.Status) ?? reply.IsSuccess);
            return reply;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            Latencies.Record(route, Stopwatch.GetElapsedTime(start), 0, isExpected: false);
            return null;
        }
    }

    /// <summary>Sends what a measurement needs to begin; not counted.</summary>
    /// <exception cref="InvalidOperationException">It was refused: the measurement makes no sense then.</exception>
    public async Task<JsonElement> MustAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Follows the event stream until it ends or the token is cancelled; counts what came.</summary>
    public async Task<int> ListenAsync(string token, CancellationToken cancellationToken)
    {
        var events = 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                Latencies.Record("events", TimeSpan.Zero, (int)response.StatusCode, isExpected: false);
                return 0;
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal)) events++;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // The end of the measurement, or of the app.
        }

        return events;
    }

    public void Dispose() => _http.Dispose();
}
