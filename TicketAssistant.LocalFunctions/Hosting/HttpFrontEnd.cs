using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketAssistant.LocalFunctions.Management;
using TicketAssistant.LocalFunctions.Management.Runs;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Answers every HTTP request: by the management API, the runs page, a function, or as the real host would without one.</summary>
internal sealed class HttpFrontEnd(
    HttpRouter router,
    FunctionPipeline pipeline,
    EngineService engine,
    ManagementApi management,
    RunsPage runs,
    ManagementKey key,
    IServiceProvider services,
    ILoggerFactory loggerFactory)
{
    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly ILogger _log = loggerFactory.CreateLogger("Http");

    public async Task HandleAsync(HttpContext http)
    {
        // As behind the real host: only the direct peer's address counts.
        http.Request.Headers.Remove("X-Forwarded-For");
        try
        {
            await engine.Started;
            if (http.Request.Path.StartsWithSegments(ManagementApi.Prefix, out var rest))
            {
                HostTelemetry.Routed(http, ManagementApi.Prefix);
                await management.HandleAsync(http, rest);
            }
            else if (http.Request.Path.StartsWithSegments(RunsPage.Prefix, out rest))
            {
                HostTelemetry.Routed(http, RunsPage.Prefix);
                await runs.HandleAsync(http, rest);
            }
            else
            {
                await RunFunctionAsync(http);
            }
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            _log.LogDebug(e, "{Method} {Path} was refused.", http.Request.Method, http.Request.Path);
            Empty(http, e.StatusCode);
        }
        catch (Exception e)
        {
            if (http.RequestAborted.IsCancellationRequested) return;
            _log.LogError(e, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
            if (http.Response.HasStarted) http.Abort();
            else Empty(http, StatusCodes.Status500InternalServerError);
        }
        finally
        {
            HostTelemetry.Answered(http);
        }
    }

    private async Task RunFunctionAsync(HttpContext http)
    {
        var values = new RouteValueDictionary();
        if (router.Match(http, values) is not { } function)
        {
            Empty(http, StatusCodes.Status404NotFound);
            return;
        }

        HostTelemetry.Routed(http, router.TemplateOf(function));
        if (((HttpFunctionTrigger)function.Trigger).Level != AuthorizationLevel.Anonymous && !key.IsIn(http.Request))
        {
            Empty(http, StatusCodes.Status401Unauthorized);
            return;
        }

        await using var body = await RequestBody.AdmitAsync(http);
        if (body is null)
        {
            _log.LogWarning("{Method} {Path}: the body is too long, or broke off.", http.Request.Method, http.Request.Path);
            Empty(http, StatusCodes.Status500InternalServerError);
            return;
        }

        using var limit = SilenceLimit.Watch(http, _time, () => _log.LogWarning(
            "{Function}: cut after {Seconds} s without a byte.", function.Name, SilenceLimit.Longest.TotalSeconds));
        await using var scope = pipeline.CreateScope();
        http.RequestServices = scope.ServiceProvider;
        http.Features.Set<IRouteValuesFeature>(new RouteValuesFeature { RouteValues = values });
        var context = new LocalFunctionContext(function, scope.ServiceProvider, http.Request, http.RequestAborted)
        {
            BindingData = values,
            DurableClient = engine.Client,
        };
        context.Items[HostKeys.HttpContext] = http;
        await pipeline.RunAsync(context);

        // Outside of the app's middleware, which therefore sees nothing that goes wrong in here.
        if (context.Result.Value is IResult result) await result.ExecuteAsync(http);
    }

    private static void Empty(HttpContext http, int status)
    {
        http.Response.Clear();
        http.Response.StatusCode = status;
    }
}
