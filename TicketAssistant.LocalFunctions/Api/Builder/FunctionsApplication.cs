using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using TicketAssistant.LocalFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a functions app starts.</summary>
[SuppressMessage("Design", "CA1052:Static holder types should be Static or NotInheritable", Justification = "The real type is neither.")]
public class FunctionsApplication
{
    /// <summary>Makes a builder for the functions of the calling assembly.</summary>
    /// <param name="args">The command line; the host reads <c>--port</c> and <c>--urls</c>.</param>
    /// <returns>The builder.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller, it would name the caller's caller
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var builder = new FunctionsApplicationBuilder(LocalHost.CreateWebBuilder(args));
        builder.Properties[HostKeys.FunctionsAssembly] = Assembly.GetCallingAssembly();
        return builder;
    }
}
