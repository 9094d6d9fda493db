namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Names under which the host keeps its own values in shared dictionaries.</summary>
internal static class HostKeys
{
    /// <summary>
    /// In <c>FunctionsApplicationBuilder.Properties</c>: the <see cref="System.Reflection.Assembly"/> whose functions are
    /// hosted. CreateBuilder puts its calling assembly there; set another before Build to host that one's functions.
    /// </summary>
    internal const string FunctionsAssembly = "TicketAssistant.LocalFunctions.FunctionsAssembly";

    /// <summary>
    /// In <c>FunctionsApplicationBuilder.Properties</c>: an <see cref="IEnumerable{T}"/> of <see cref="Type"/>. When it is
    /// there, the functions of these classes are hosted and no others, whatever the assembly holds.
    /// </summary>
    internal const string FunctionTypes = "TicketAssistant.LocalFunctions.FunctionTypes";

    /// <summary>In <c>FunctionContext.Items</c>: the HttpContext of an HTTP function's invocation. The real worker uses the same key.</summary>
    internal const string HttpContext = "HttpRequestContext";
}
