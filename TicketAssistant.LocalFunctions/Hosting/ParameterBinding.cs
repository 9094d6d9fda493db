using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Chooses, at start, how each parameter of a function gets its argument.</summary>
internal static class ParameterBinding
{
    private static readonly MethodInfo s_orchestratorInput =
        typeof(ParameterBinding).GetMethod(nameof(OrchestratorInput), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <exception cref="HostStartException">Nothing can give this parameter a value.</exception>
    public static ArgumentBinder For(FunctionUnderCheck function, Trigger trigger, ParameterInfo triggerParameter, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type.IsByRef) throw function.Refused(parameter, "a function's parameters are passed by value");
        if (parameter == triggerParameter) return trigger is ActivityFunctionTrigger ? ActivityInput(type) : context => context.TriggerValue;
        if (type == typeof(FunctionContext)) return context => context;

        if (trigger is OrchestratorFunctionTrigger)
        {
            return IsOrchestratorInput(parameter, triggerParameter)
                ? s_orchestratorInput.MakeGenericMethod(type).CreateDelegate<ArgumentBinder>()
                : throw function.Refused(parameter, "an orchestrator must be deterministic; it takes its context, its input and a FunctionContext only");
        }

        if (type == typeof(CancellationToken)) return context => context.CancellationToken;
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            return type == typeof(DurableTaskClient)
                ? context => context.DurableClient
                : throw function.Refused(parameter, "[DurableClient] fills a DurableTaskClient");
        }

        if (type == typeof(DurableTaskClient)) throw function.Refused(parameter, "it needs the attribute [DurableClient]");
        if (trigger is HttpFunctionTrigger http && Array.Exists([.. TemplateParser.Parse(http.Route).Parameters], p => IsFor(p, parameter)))
            return RouteValue(function, parameter);
        throw function.Refused(parameter, trigger is HttpFunctionTrigger
            ? "it is neither in the route nor a FunctionContext, CancellationToken or [DurableClient] DurableTaskClient; read bodies, queries and headers from the request"
            : "it is neither the trigger nor a FunctionContext, CancellationToken or [DurableClient] DurableTaskClient");
    }

    /// <summary>Whether an orchestrator's parameter is the one for its input.</summary>
    public static bool IsOrchestratorInput(ParameterInfo parameter, ParameterInfo triggerParameter) =>
        parameter != triggerParameter
        && parameter.ParameterType != typeof(FunctionContext)
        && parameter.ParameterType != typeof(CancellationToken)
        && parameter.ParameterType != typeof(DurableTaskClient)
        && !parameter.IsDefined(typeof(DurableClientAttribute));

    private static bool IsFor(TemplatePart part, ParameterInfo parameter) => string.Equals(part.Name, parameter.Name, StringComparison.OrdinalIgnoreCase);

    private static ArgumentBinder ActivityInput(Type type)
    {
        var fallback = type.IsValueType ? Activator.CreateInstance(type) : null;
        return context => JsonDataConverter.Default.Deserialize((string?)context.TriggerValue, type) ?? fallback;
    }

    private static object? OrchestratorInput<T>(LocalFunctionContext context) => ((TaskOrchestrationContext)context.TriggerValue!).GetInput<T>();

    private static ArgumentBinder RouteValue(FunctionUnderCheck function, ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Func<string, object?> convert =
            type == typeof(string) ? text => text
            : type == typeof(Guid) ? text => Guid.Parse(text)
            // The real worker reads these from the text as JSON: 'true' is a bool there, 'True' is not.
            : type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal)
                ? text => JsonSerializer.Deserialize(text, type)
            : throw function.Refused(parameter, "a route value can be a string, Guid, bool, int, long, double or decimal");
        var missing = parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;

        return context =>
        {
            if (!context.BindingContext.BindingData.TryGetValue(name, out var value) || value is not string { Length: > 0 } text) return missing;
            try
            {
                return convert(text);
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                throw new InvalidOperationException(
                    $"Function '{function.Name}': the route value {name} = '{text}' is no {type.Name}. Constrain it in the route, as in {{{name}:guid}}, to answer 404.", e);
            }
        };
    }
}
