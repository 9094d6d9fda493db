using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketAssistant.LocalFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Collects an app's configuration, services and middleware, and builds the host that serves its functions.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal FunctionsApplicationBuilder(WebApplicationBuilder web) => Web = web;

    /// <summary>Values that parts of the host share while it is built.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)Web).Properties;

    /// <summary>The app's configuration; sources added later win.</summary>
    public ConfigurationManager Configuration => Web.Configuration;

    /// <summary>The environment's name and content root.</summary>
    public IHostEnvironment Environment => Web.Environment;

    /// <summary>Where logs go.</summary>
    public ILoggingBuilder Logging => Web.Logging;

    /// <summary>Where metrics go.</summary>
    public IMetricsBuilder Metrics => Web.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => Web.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The web host that serves the functions.</summary>
    internal WebApplicationBuilder Web { get; }

    /// <summary>The steps of the invocation pipeline, outermost first.</summary>
    internal IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware => _middleware;

    /// <summary>Whether the app asked for ASP.NET Core's request types; without it the real host binds no <c>HttpRequest</c>.</summary>
    internal bool UsesAspNetCore { get; set; }

    /// <summary>Adds a step to the end of the invocation pipeline.</summary>
    /// <param name="middleware">Makes the step from the one that follows it.</param>
    /// <returns>This builder.</returns>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware.Add(middleware);
        return this;
    }

    /// <summary>Puts another container in the place of the default one.</summary>
    /// <typeparam name="TContainerBuilder">The container's builder.</typeparam>
    /// <param name="factory">Makes the container.</param>
    /// <param name="configure">Called with the container's builder after all services were added.</param>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
        => ((IHostApplicationBuilder)Web).ConfigureContainer(factory, configure);

    /// <summary>Builds the host. Nothing runs before it is started.</summary>
    /// <returns>The host.</returns>
    /// <exception cref="InvalidOperationException">The app's functions or settings don't fit the host; the message names which.</exception>
    public IHost Build() => LocalHost.Build(this);
}
