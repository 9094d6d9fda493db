using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Gives one argument of a function.</summary>
internal delegate object? ArgumentBinder(LocalFunctionContext context);

/// <summary>A function of the app, checked and ready to run.</summary>
internal sealed class LocalFunction(
    string name,
    MethodInfo method,
    Trigger trigger,
    IReadOnlyList<ArgumentBinder> arguments,
    Func<object?, Task<object?>> awaitResult) : FunctionDefinition
{
    private ObjectFactory? _create;

    /// <inheritdoc/>
    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    /// <inheritdoc/>
    public override string EntryPoint { get; } = FullName(method);

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>What sets it going.</summary>
    public Trigger Trigger => trigger;

    /// <summary>Namespace, class and method, joined by dots.</summary>
    public static string FullName(MethodInfo method) => $"{method.DeclaringType}.{method.Name}";

    /// <summary>Makes the instance, binds the arguments, runs the method and waits for what it returns.</summary>
    public Task<object?> InvokeAsync(LocalFunctionContext context)
    {
        object? target = null;
        if (!method.IsStatic)
        {
            _create ??= ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
            target = _create(context.InstanceServices, null);
        }

        var values = new object?[arguments.Count];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i](context);
        return awaitResult(method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, values, CultureInfo.InvariantCulture));
    }
}
