using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Builds the one process that serves HTTP and runs the functions.</summary>
internal static class LocalHost
{
    /// <summary>The web host under a new <see cref="FunctionsApplicationBuilder"/>.</summary>
    internal static WebApplicationBuilder CreateWebBuilder(string[] args) => WebApplication.CreateSlimBuilder(args);

    /// <summary>The finished host.</summary>
    internal static IHost Build(FunctionsApplicationBuilder builder) => builder.Web.Build();
}
