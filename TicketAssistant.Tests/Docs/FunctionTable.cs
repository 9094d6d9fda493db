using System.Reflection;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Docs;

/// <summary>Writes docs/functions.md from the functions themselves.</summary>
internal static class FunctionTable
{
    private static readonly List<(string Name, MethodInfo Method)> Functions =
    [
        .. typeof(Ticket).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()?.Name!, method))
            .Where(function => function.Item1 is not null)
            .OrderBy(function => function.Item1, StringComparer.Ordinal),
    ];

    // Only these are started by name.
    private static readonly HashSet<string> Durable =
    [
        .. Functions.Where(function => Trigger<OrchestrationTriggerAttribute>(function.Method) is not null || Trigger<ActivityTriggerAttribute>(function.Method) is not null)
            .Select(function => function.Name),
    ];

    /// <summary>The names of all functions.</summary>
    public static IEnumerable<string> Names => Functions.Select(function => function.Name);

    public static string Write()
    {
        var text = new StringBuilder(
            """
            # The functions

            Every function of the app, made from the code (`Docs/FunctionTableTests` fails where this page is not what it would write, and
            writes it with `Test__UpdateDocs=true`). "Starts" lists every orchestration and activity that it can start, itself or through what
            it calls; what each route takes and answers in full is at `/openapi.json`.


            """);
        Append(text, "HTTP", "| Function | Route | Who | Starts | Returns |\n|---|---|---|---|---|\n", Http);
        Append(text, "Timers", "| Function | Schedule (NCRONTAB, UTC) | Starts |\n|---|---|---|\n", Timer);
        Append(text, "Orchestrators", "| Function | Takes | Starts | Returns |\n|---|---|---|---|\n", Orchestrator);
        Append(text, "Activities", "| Function | Takes | Starts | Returns |\n|---|---|---|---|\n", Activity);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, string heading, string head, Func<string, MethodInfo, string?> row)
    {
        text.Append("## ").Append(heading).Append("\n\n").Append(head);
        foreach (var (name, method) in Functions)
        {
            if (row(name, method) is { } line) text.Append(line).Append('\n');
        }

        text.Append('\n');
    }

    private static string? Http(string name, MethodInfo method)
    {
        if (Trigger<HttpTriggerAttribute>(method) is not { } trigger) return null;
        var methods = string.Join(", ", trigger.Methods!.Select(m => m.ToUpperInvariant()));
        var replies = method.GetCustomAttributes<ReplyAttribute>().OrderBy(reply => reply.Status).Select(reply => $"{reply.Status} {WhatOf(reply)}".TrimEnd());
        return $"| {name} | `{methods} /{trigger.Route}` | {method.GetCustomAttribute<AccessAttribute>()!.Access} | {Starts(method)} | {string.Join(", ", replies)} |";
    }

    private static string WhatOf(ReplyAttribute reply) =>
        reply.MediaType is { } type ? $"`{type}`" : reply.Body is { } body ? NameOf(body) : "";

    private static string? Timer(string name, MethodInfo method) => Trigger<TimerTriggerAttribute>(method) is { } trigger
        ? $"| {name} | `{trigger.Schedule}` | {Starts(method)} |"
        : null;

    private static string? Orchestrator(string name, MethodInfo method) => Trigger<OrchestrationTriggerAttribute>(method) is null
        ? null
        : $"| {name} | {InputOf(method)} | {Starts(method)} | {NameOf(method.ReturnType)} |";

    // What an orchestrator takes is not in its signature.
    private static string InputOf(MethodInfo method) =>
        CallGraph.TypesGivenTo(method, nameof(TaskOrchestrationContext.GetInput)) is [var type] ? NameOf(type) : "";

    private static string? Activity(string name, MethodInfo method)
    {
        var input = method.GetParameters().FirstOrDefault(parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute)));
        return input is null ? null : $"| {name} | {NameOf(input.ParameterType)} | {Starts(method)} | {NameOf(method.ReturnType)} |";
    }

    private static string Starts(MethodInfo method) => string.Join(", ", CallGraph.TextsOf(method).Where(Durable.Contains));

    private static TAttribute? Trigger<TAttribute>(MethodInfo method) where TAttribute : Attribute =>
        method.GetParameters().Select(parameter => parameter.GetCustomAttribute<TAttribute>()).FirstOrDefault(trigger => trigger is not null);

    private static string NameOf(Type type)
    {
        if (type == typeof(Task) || type == typeof(void)) return "";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)) return NameOf(type.GetGenericArguments()[0]);
        if (Nullable.GetUnderlyingType(type) is { } bare) return NameOf(bare) + "?";
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        return type == typeof(int) ? "int" : type == typeof(bool) ? "bool" : type == typeof(string) ? "string" : type.Name;
    }
}
