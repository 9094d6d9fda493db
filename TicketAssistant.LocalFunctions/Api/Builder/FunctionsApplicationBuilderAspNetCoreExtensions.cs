namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Turns on ASP.NET Core's request and result types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take an <c>HttpRequest</c> and return an <c>IResult</c>.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <returns>The same builder.</returns>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UsesAspNetCore = true;
        return builder;
    }
}
