using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.LocalFunctions.Management;
using TicketAssistant.Tests.Hosting;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Management;

/// <summary>A host with <see cref="ManagementFunctions"/>, spoken to over HTTP with its key.</summary>
internal sealed class ManagementHost : IAsyncDisposable
{
    private readonly LocalHostHarness _app;

    private ManagementHost(LocalHostHarness app) => _app = app;

    public ManagementFunctions.Machine Machine => _app.Services.GetRequiredService<ManagementFunctions.Machine>();

    public HttpClient Client => _app.Client;

    public Uri Address => _app.BaseAddress;

    public string Key => _app.ManagementKey;

    public static async Task<ManagementHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<FunctionsApplicationBuilder>? configure = null)
    {
        return new ManagementHost(await Hosts.StartAsync(
            typeof(ManagementFunctions),
            builder =>
            {
                builder.Services.AddSingleton<ManagementFunctions.Machine>();
                configure?.Invoke(builder);
            },
            settings: settings));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> AskAsync(
        HttpMethod method, string path, object? body = null, string? continuation = null)
    {
        using var request = new HttpRequestMessage(method, ManagementApi.Prefix + path);
        request.Headers.Add("x-functions-key", Key);
        if (continuation is not null) request.Headers.Add("x-ms-continuation-token", continuation);
        request.Content = body is HttpContent content ? content : body is null ? null : JsonContent.Create(body);
        var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response);
    }

    public Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> GetAsync(string path, string? continuation = null) =>
        AskAsync(HttpMethod.Get, path, continuation: continuation);

    public async Task<HttpStatusCode> PostAsync(string path, object? body = null) => (await AskAsync(HttpMethod.Post, path, body)).Status;

    /// <summary>Starts an orchestration and returns its id.</summary>
    public async Task<string> StartRunAsync(string orchestrator, string? id = null, object? input = null)
    {
        var (status, body, _) = await AskAsync(HttpMethod.Post, $"/orchestrators/{orchestrator}{(id is null ? "" : $"/{id}")}", input);
        Assert.Equal(HttpStatusCode.Accepted, status);
        return body.GetProperty("id").GetString()!;
    }

    /// <summary>Waits, at most 20 s, until an instance has a status, and returns it.</summary>
    public async Task<JsonElement> UntilAsync(string id, string status)
    {
        JsonElement last = default;
        for (var i = 0; i < 1000; i++)
        {
            last = (await GetAsync($"/instances/{id}")).Body;
            if (last.ValueKind == JsonValueKind.Object && last.GetProperty("runtimeStatus").GetString() == status) return last;
            await Task.Delay(20);
        }

        Assert.Fail($"'{id}' did not become {status}: {last}");
        return last;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
