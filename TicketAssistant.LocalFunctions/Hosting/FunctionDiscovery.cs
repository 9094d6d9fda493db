using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Finds the methods that carry a <see cref="FunctionAttribute"/> and checks that this host can run each as the real one would.</summary>
internal static class FunctionDiscovery
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The functions of some classes, in the order of their names.</summary>
    /// <exception cref="HostStartException">A function that cannot run; the message names it, what is wrong and what would be right.</exception>
    public static IReadOnlyList<LocalFunction> Find(IEnumerable<Type> types, bool usesAspNetCore)
    {
        var found = new SortedDictionary<string, (LocalFunction Function, MethodInfo Method)>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in types)
        {
            foreach (var method in type.GetMethods(AllMethods))
            {
                if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute) continue;
                if (found.TryGetValue(attribute.Name, out var other))
                {
                    throw new HostStartException(
                        $"Two functions are named '{attribute.Name}': {LocalFunction.FullName(other.Method)} and {LocalFunction.FullName(method)}. " +
                        "Names are unique without regard to case.");
                }

                found.Add(attribute.Name, (Check(attribute.Name, method, usesAspNetCore), method));
            }
        }

        return [.. found.Values.Select(f => f.Function)];
    }

    private static LocalFunction Check(string name, MethodInfo method, bool usesAspNetCore)
    {
        var function = new FunctionUnderCheck(name, method);
        if (!method.IsPublic) throw function.Refused("its method is not public");
        if (method.ContainsGenericParameters) throw function.Refused("its method is generic");
        if (!method.IsStatic && method.DeclaringType!.IsAbstract) throw function.Refused("its class is abstract");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw function.Refused("it is async void, so nobody could wait for it; return a Task");
        if (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>) || method.ReturnType == typeof(ValueTask))
            throw function.Refused("it returns a ValueTask; return a Task");

        var trigger = FindTrigger(function, usesAspNetCore, out var triggerParameter);
        var arguments = method.GetParameters().Select(p => ParameterBinding.For(function, trigger, triggerParameter, p)).ToList();
        if (trigger is OrchestratorFunctionTrigger && method.GetParameters().Count(p => ParameterBinding.IsOrchestratorInput(p, triggerParameter)) > 1)
            throw function.Refused("it has more than one parameter for its input");
        return new LocalFunction(name, method, trigger, arguments, FunctionResult.Awaiter(method.ReturnType));
    }

    private static Trigger FindTrigger(FunctionUnderCheck function, bool usesAspNetCore, out ParameterInfo parameter)
    {
        var marked = function.Method.GetParameters()
            .SelectMany(p => p.GetCustomAttributes().Where(IsTrigger).Select(a => (Parameter: p, Attribute: a)))
            .ToList();
        if (marked.Count != 1)
            throw function.Refused($"it has {marked.Count} triggers; a function has exactly one parameter with a trigger attribute");
        (parameter, var attribute) = marked[0];
        return attribute switch
        {
            HttpTriggerAttribute http => Http(function, parameter, http, usesAspNetCore),
            TimerTriggerAttribute timer => Timer(function, parameter, timer),
            OrchestrationTriggerAttribute => Orchestrator(function, parameter),
            _ => new ActivityFunctionTrigger(),
        };
    }

    private static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or TimerTriggerAttribute or OrchestrationTriggerAttribute or ActivityTriggerAttribute;

    private static HttpFunctionTrigger Http(FunctionUnderCheck function, ParameterInfo parameter, HttpTriggerAttribute http, bool usesAspNetCore)
    {
        if (parameter.ParameterType != typeof(HttpRequest))
            throw function.Refused(parameter, "an HTTP function takes an HttpRequest");
        if (!usesAspNetCore)
            throw function.Refused(parameter, "an HttpRequest needs builder.ConfigureFunctionsWebApplication()");
        if (FunctionResult.TypeOf(function.Method.ReturnType) != typeof(IResult))
            throw function.Refused($"it returns {function.Method.ReturnType}; an HTTP function returns IResult or Task<IResult>");
        if (http.AuthLevel == AuthorizationLevel.User)
            throw function.Refused(parameter, "no host enforces AuthorizationLevel.User; use Anonymous and check the caller in middleware, or use Function");

        var route = (http.Route ?? function.Name).Trim('/');
        if (route.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
            throw function.Refused(parameter, $"its route '{route}' begins with admin or runtime, which belong to the host");
        try
        {
            TemplateParser.Parse(route);
        }
        catch (ArgumentException e)
        {
            throw function.Refused(parameter, $"its route '{route}' is no route template: {e.Message}");
        }

        return new HttpFunctionTrigger(route, http.Methods ?? [], http.AuthLevel);
    }

    private static TimerFunctionTrigger Timer(FunctionUnderCheck function, ParameterInfo parameter, TimerTriggerAttribute timer)
    {
        if (parameter.ParameterType != typeof(TimerInfo)) throw function.Refused(parameter, "a timer function takes a TimerInfo");
        if (FunctionResult.TypeOf(function.Method.ReturnType) != typeof(void))
            throw function.Refused($"it returns {function.Method.ReturnType}; a timer function returns Task or nothing");
        try
        {
            return new TimerFunctionTrigger(TimerSchedule.Parse(timer.Schedule), timer.RunOnStartup);
        }
        catch (FormatException e)
        {
            throw function.Refused(parameter, $"the schedule '{timer.Schedule}' is not an NCRONTAB expression: {e.Message}");
        }
    }

    private static OrchestratorFunctionTrigger Orchestrator(FunctionUnderCheck function, ParameterInfo parameter) =>
        parameter.ParameterType == typeof(TaskOrchestrationContext)
            ? new OrchestratorFunctionTrigger()
            : throw function.Refused(parameter, "an orchestrator takes a TaskOrchestrationContext");
}
