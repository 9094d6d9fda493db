using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.LocalFunctions.Management;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>What the real Functions host was seen to do, row by row; ours does the same and is never more forgiving.</summary>
public sealed class HostBehaviourTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _aborted = new();
    private LocalHostHarness _app = null!;
    private int _turns;

    private HttpClient Client => _app.Client;

    public async ValueTask InitializeAsync() => _app = await Hosts.StartAsync(typeof(HostBehaviourFunctions), WithFunctions);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Row_01_The_first_name_that_matches_wins_and_a_wrong_method_falls_through()
    {
        Assert.Equal("wide mine GET", await Client.GetStringAsync("/things/mine"));
        Assert.Equal("narrow POST", await TextAsync(HttpMethod.Post, "/things/mine"));
    }

    [Fact]
    public async Task Row_02_A_catch_all_named_last_serves_the_rest_but_not_the_durable_webhooks()
    {
        await using var app = await Hosts.StartAsync(typeof(CatchAllFunctions));

        Assert.Equal("items", await app.Client.GetStringAsync("/items"));
        Assert.Equal("files GET []", await app.Client.GetStringAsync("/"));
        Assert.Equal("files GET [un/known]", await app.Client.GetStringAsync("/un/known"));
        using var options = await app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/items"));
        Assert.Equal("files OPTIONS [items]", await options.Content.ReadAsStringAsync());
        using var head = await app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/items"));
        Assert.Equal("[items]", head.Headers.GetValues("X-Path").Single());
        using var webhook = await app.Client.GetAsync($"{ManagementApi.Prefix}/instances/x");
        Assert.Equal(HttpStatusCode.Unauthorized, webhook.StatusCode);
    }

    [Theory]
    [InlineData(typeof(AdminRoute), "admin/users")]
    [InlineData(typeof(RuntimeRoute), "Runtime/runs")]
    public void Row_03_Routes_that_begin_with_admin_or_runtime_are_refused(Type functions, string route) =>
        Assert.Contains($"'{route}' begins with admin or runtime", Hosts.Refusal(functions), StringComparison.Ordinal);

    [Fact]
    public async Task Row_04_An_async_functions_exception_is_wrapped_and_a_sync_ones_is_not()
    {
        Assert.Equal((500, ""), await AnswerAsync(HttpMethod.Get, "/throw/async"));
        Assert.Equal((500, ""), await AnswerAsync(HttpMethod.Get, "/throw/sync"));

        Assert.IsType<FormatException>(Assert.IsType<AggregateException>(Thrown("ThrowAsync")).InnerException);
        Assert.IsType<FormatException>(Thrown("ThrowSync"));
    }

    [Fact]
    public async Task Row_04_An_exception_in_the_result_passes_middleware_by()
    {
        Assert.Equal((500, ""), await AnswerAsync(HttpMethod.Get, "/throw/result"));

        Assert.Null(Thrown("ThrowInResult"));
        Assert.Equal(1, Seen.Count("ThrowInResult"));
    }

    [Fact]
    public void Row_05_A_body_is_not_bound_to_a_parameter()
    {
        var message = Hosts.Refusal(typeof(BindsBody));

        Assert.Contains("'Create'", message, StringComparison.Ordinal);
        Assert.Contains("'paint'", message, StringComparison.Ordinal);
        Assert.Contains("read bodies", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_06_Durable_payloads_are_PascalCase_and_results_camelCase_with_enums_as_numbers()
    {
        Assert.Equal("""{"colourName":"blue","colour":1}""", await Client.GetStringAsync("/json"));

        await PostAsync("/start/TwoTurns/paint");
        var status = await EndOfAsync("paint");
        Assert.Equal("""{"ColourName":"red","Colour":1}""", status.GetProperty("input").GetRawText());
        Assert.Equal("""{"ColourName":"RED","Colour":1}""", status.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Row_07_Middleware_runs_for_every_kind_of_function_and_in_each_turn()
    {
        await PostAsync("/start/TwoTurns/turns");
        await EndOfAsync("turns");

        // The first turn ends inside the orchestrator, so middleware's code after it runs in the last turn alone.
        await Hosts.Until(() => Seen.Count("AtStart") == 1);
        Assert.Equal(1, Seen.Count("Start"));
        Assert.Equal(1, Seen.Count("Repaint"));
        Assert.Equal(1, Seen.Count("TwoTurns"));
        Assert.Equal(2, _turns);
    }

    [Fact]
    public async Task Row_07_Middleware_that_awaits_something_breaks_an_orchestrator()
    {
        await using var app = await Hosts.StartAsync(typeof(HostBehaviourFunctions), b =>
        {
            WithFunctions(b);
            b.UseMiddleware(async (context, next) =>
            {
                if (context.GetHttpContext() is null) await Task.Delay(1);
                await next();
            });
        });

        using var started = await app.Client.PostAsync("/start/TwoTurns/x", null);
        var status = await EndOfAsync("x", app);

        Assert.Equal("Failed", status.GetProperty("runtimeStatus").GetString());
        Assert.Contains("not durable", status.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_08_Synchronous_writes_throw() => Assert.Equal((500, ""), await AnswerAsync(HttpMethod.Get, "/write/sync"));

    [Fact]
    public async Task Row_09_The_function_sees_the_direct_peer_whatever_was_forwarded()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/peer");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await Client.SendAsync(request);

        Assert.Equal("127.0.0.1 []", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Row_10_A_large_body_with_a_length_reaches_the_function()
    {
        using var response = await Client.PostAsync("/length", new ByteArrayContent(new byte[20_000_000]));

        Assert.Equal("20000000 False", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Row_10_A_small_chunked_body_reaches_the_function()
    {
        using var response = await Client.SendAsync(Chunked("/length", 100_000));

        Assert.Equal("100000 False", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Row_10_A_large_chunked_body_is_an_empty_500_even_where_the_function_would_not_read_it()
    {
        using var response = await Client.SendAsync(Chunked("/refuse", 20_000_000));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, Seen.Count("Refuse"));
    }

    [Theory]
    [InlineData("ZZ\r\n{}\r\n")]
    [InlineData("2\r\n{}}}}")]
    [InlineData("fffffffffffffffff\r\n")]
    public async Task Row_10_Chunks_that_are_none_are_the_clients_mistake_and_do_not_reach_the_function(string chunks)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Client.BaseAddress!.Port);
        await using var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /refuse HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, Seen.Count("Refuse"));
    }

    [Fact]
    public async Task Row_10_A_body_over_the_hosts_limit_is_an_empty_500()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/refuse") { Content = new ByteArrayContent(new byte[130_000_000]) };
        request.Headers.ExpectContinue = true;

        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, Seen.Count("Refuse"));
    }

    [Fact]
    public async Task Row_11_Events_stream_through_and_the_function_hears_when_the_client_leaves()
    {
        using (var stream = await Client.GetStreamAsync("/stream"))
        {
            using var reader = new StreamReader(stream);
            Assert.Equal("data: 1", await reader.ReadLineAsync());
        }

        await _aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Row_11_A_stream_is_cut_after_240_silent_seconds()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await Hosts.StartAsync(typeof(HostBehaviourFunctions), b =>
        {
            WithFunctions(b);
            b.Services.AddSingleton<TimeProvider>(time);
        });
        using var stream = await app.Client.GetStreamAsync("/stream");
        using var reader = new StreamReader(stream);
        Assert.Equal("data: 1", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());

        time.Advance(TimeSpan.FromSeconds(239));
        Assert.False(_aborted.Task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await _aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<IOException>(async () => await reader.ReadLineAsync());
    }

    [Fact]
    public void Row_12_Only_port_and_urls_are_read_from_the_command_line()
    {
        var builder = FunctionsApplication.CreateBuilder(["--host", "127.0.0.1", "--port", "7080", "--workerId", "w", "--Jwt:Issuer", "somebody"]);

        Assert.Equal("http://localhost:7080", builder.Configuration[LocalDefaults.UrlsKey]);
        Assert.All(["host", "port", "workerId", "Jwt:Issuer"], key => Assert.Null(builder.Configuration[key]));
    }

    [Fact]
    public void Row_13_The_durable_client_is_a_binding_and_no_service() => Assert.Null(_app.Services.GetService<DurableTaskClient>());

    [Fact]
    public async Task Row_14_A_duplicate_instance_id_is_an_exception_of_its_own()
    {
        await PostAsync("/start/Waits/once");

        var (status, _) = await AnswerAsync(HttpMethod.Post, "/start/Waits/once");

        Assert.Equal(409, status);
    }

    [Fact]
    public async Task Row_15_A_service_that_refuses_to_start_ends_the_start_and_frees_the_data_directory()
    {
        using var folder = new TempFolder();

        var thrown = await Assert.ThrowsAsync<FormatException>(() => Hosts.StartAsync(
            typeof(HostBehaviourFunctions),
            b =>
            {
                WithFunctions(b);
                b.Services.AddHostedService<RefusesToStart>();
            },
            folder.Path));

        Assert.Equal("Smtp__Port: no", thrown.Message);
        await using var again = await Hosts.StartAsync(typeof(HostBehaviourFunctions), WithFunctions, folder.Path);
    }

    [Fact]
    public async Task Row_15_Where_the_start_fails_nothing_has_run()
    {
        using var folder = new TempFolder();
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var seen = new Seen();
        await Assert.ThrowsAsync<IOException>(() => Hosts.StartAsync(
            typeof(HostBehaviourFunctions),
            b =>
            {
                WithFunctions(b);
                b.Services.AddSingleton(seen);
            },
            folder.Path,
            new Dictionary<string, string?> { ["Local__Urls"] = $"http://{port.LocalEndpoint}" }));

        Assert.Empty(seen.All);
    }

    [Fact]
    public void Row_16_The_content_root_is_the_apps_folder_and_nothing_is_written_there()
    {
        Assert.Equal(
            AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar),
            _app.Services.GetRequiredService<IHostEnvironment>().ContentRootPath.TrimEnd(Path.DirectorySeparatorChar));
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, ".local")));
        Assert.NotEmpty(Directory.GetFiles(_app.DataDirectory));
    }

    [Fact]
    public async Task Row_17_The_management_API_asks_for_its_key()
    {
        Assert.Equal((401, ""), await AnswerAsync(HttpMethod.Get, $"{ManagementApi.Prefix}/instances/x"));
        Assert.Equal((401, ""), await AnswerAsync(HttpMethod.Get, $"{ManagementApi.Prefix}/instances/x?code=wrong"));
        Assert.Equal((401, ""), await AnswerAsync(HttpMethod.Get, $"{ManagementApi.Prefix}/instances/x?code="));
        Assert.Equal((404, ""), await AnswerAsync(HttpMethod.Get, Instance("x")));
    }

    [Fact]
    public async Task Row_17_A_running_instance_is_202_with_retry_after_and_a_finished_one_200()
    {
        await PostAsync("/start/Waits/w");
        await Hosts.Until(() => Client.GetStringAsync(Instance("w")).Result.Contains("\"customStatus\":\"waiting\"", StringComparison.Ordinal));
        using var running = await Client.GetAsync(Instance("w"));
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.True(running.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(new Uri(_app.BaseAddress, Instance("w")), running.Headers.Location);

        using var raised = await Client.PostAsJsonAsync(Instance("w/raiseEvent/go"), "now");
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        var status = await EndOfAsync("w");

        Assert.Equal(
            ["name", "instanceId", "runtimeStatus", "input", "customStatus", "output", "createdTime", "lastUpdatedTime"],
            status.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("Waits", "w", "Completed", "now"), (Text("name"), Text("instanceId"), Text("runtimeStatus"), Text("output")));
        Assert.Equal((410, ""), await AnswerAsync(HttpMethod.Post, Instance("w/terminate")));

        string? Text(string name) => status.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Row_17_Instances_can_be_terminated_and_purged()
    {
        await PostAsync("/start/Waits/t");
        Assert.Equal((202, ""), await AnswerAsync(HttpMethod.Post, Instance("t/terminate", "&reason=enough")));
        var status = await EndOfAsync("t");
        Assert.Equal("Terminated", status.GetProperty("runtimeStatus").GetString());
        Assert.Equal("enough", status.GetProperty("output").GetString());

        Assert.Equal((200, """{"instancesDeleted":1}"""), await AnswerAsync(HttpMethod.Delete, Instance("t")));
        Assert.Equal((404, ""), await AnswerAsync(HttpMethod.Get, Instance("t")));
    }

    [Fact]
    public async Task Row_17_A_failed_instance_is_200_unless_the_caller_asks_for_500()
    {
        await PostAsync("/start/Breaks/f");
        var status = await EndOfAsync("f");

        Assert.Equal("System.FormatException: broken f", status.GetProperty("output").GetString());
        var (code, _) = await AnswerAsync(HttpMethod.Get, Instance("f", "&returnInternalServerErrorOnFailure=true"));
        Assert.Equal(500, code);
    }

    [Fact]
    public async Task Row_18_Instances_go_on_and_timers_fire_after_a_restart()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        void Configure(FunctionsApplicationBuilder builder)
        {
            WithFunctions(builder);
            builder.Services.AddSingleton<TimeProvider>(time);
        }

        await using (var first = await Hosts.StartAsync(typeof(HostBehaviourFunctions), Configure, folder.Path))
        {
            using var sleeps = await first.Client.PostAsync("/start/Sleeps/s", null);
            using var waits = await first.Client.PostAsync("/start/Waits/w", null);
        }

        await using var second = await Hosts.StartAsync(typeof(HostBehaviourFunctions), Configure, folder.Path);
        using var raised = await second.Client.PostAsJsonAsync($"{ManagementApi.Prefix}/instances/w/raiseEvent/go?code={second.ManagementKey}", "on");
        Assert.Equal("on", (await EndOfAsync("w", second)).GetProperty("output").GetString());

        // The turn that sets the timer may come after this line; the timer is due all the same, an hour after that turn.
        for (var i = 0; i < 100 && !await IsOverAsync("s", second); i++)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(20);
        }

        Assert.Equal("Completed", (await EndOfAsync("s", second)).GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Row_19_Many_that_start_at_once_agree_on_the_secrets()
    {
        using var folder = new TempFolder();
        var ready = new Barrier(8);

        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                ready.SignalAndWait();
                return SecretFile.ReadOrCreate(folder.File("secret.txt"), "Some__Secret", () => $"secret {i}");
            },
            TaskCreationOptions.LongRunning)));

        Assert.Single(secrets.Distinct());
        Assert.Equal(folder.File("secret.txt"), Directory.GetFiles(folder.Path).Single());
    }

    [Fact]
    public async Task Row_20_A_worker_has_no_ApiExplorer_and_no_endpoint_metadata()
    {
        Assert.Equal("0", await Client.GetStringAsync("/endpoint"));
        Assert.Null(_app.Services.GetService<IApiDescriptionGroupCollectionProvider>());
        Assert.Null(_app.Services.GetService<EndpointDataSource>());
    }

    private Seen Seen => _app.Services.GetRequiredService<Seen>();

    private void WithFunctions(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_aborted);
        builder.UseMiddleware((context, next) =>
        {
            if (context.FunctionDefinition.Name == "TwoTurns") Interlocked.Increment(ref _turns);
            return next();
        });
    }

    private Exception? Thrown(string function) => Seen.All.Single(s => s.Function == function).Thrown;

    private string Instance(string path, string query = "") => $"{ManagementApi.Prefix}/instances/{path}?code={_app.ManagementKey}{query}";

    private async Task<string> TextAsync(HttpMethod method, string path) => (await AnswerAsync(method, path)).Body;

    private async Task<(int Status, string Body)> AnswerAsync(HttpMethod method, string path)
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(method, path));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task PostAsync(string path)
    {
        using var response = await Client.PostAsync(path, null);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<bool> IsOverAsync(string id, LocalHostHarness app)
    {
        using var response = await app.Client.GetAsync($"{ManagementApi.Prefix}/instances/{id}?code={app.ManagementKey}");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private async Task<JsonElement> EndOfAsync(string id, LocalHostHarness? app = null)
    {
        app ??= _app;
        for (var i = 0; i < 500 && !await IsOverAsync(id, app); i++) await Task.Delay(20);
        return await app.Client.GetFromJsonAsync<JsonElement>($"{ManagementApi.Prefix}/instances/{id}?code={app.ManagementKey}");
    }

    private static HttpRequestMessage Chunked(string path, int length) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(new byte[length]),
        Headers = { TransferEncodingChunked = true },
    };

    private sealed class RefusesToStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new FormatException("Smtp__Port: no");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static class AdminRoute
    {
        [Function("Users")]
        public static IResult Users([HttpTrigger(AuthorizationLevel.Anonymous, Route = "admin/users")] HttpRequest request) => Results.Ok();
    }

    private static class RuntimeRoute
    {
        [Function("Runs")]
        public static IResult Runs([HttpTrigger(AuthorizationLevel.Anonymous, Route = "Runtime/runs")] HttpRequest request) => Results.Ok();
    }

    private static class BindsBody
    {
        [Function("Create")]
        public static IResult Create(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "paint")] HttpRequest request,
            [Microsoft.AspNetCore.Mvc.FromBody] HostBehaviourFunctions.Paint paint) => Results.Ok(paint);
    }
}
