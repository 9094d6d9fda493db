using Microsoft.AspNetCore.Http;
using TicketAssistant.LocalFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reaches the HTTP request behind an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The HTTP context of an HTTP function's invocation.</summary>
    /// <param name="context">The invocation.</param>
    /// <returns>The HTTP context, or null where no HTTP request triggered the function.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HostKeys.HttpContext, out object? value) ? value as HttpContext : null;
    }
}
