using Microsoft.Azure.Functions.Worker;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TicketAssistant.Tests.Determinism;

/// <summary>
/// Reads the compiled code that orchestrators of one assembly can reach within it, and finds what may come out differently when
/// it is replayed. The analyzers in the build look at the source for some of this; here is the rest, and all of it once more.
/// </summary>
internal sealed class OrchestratorCode(ModuleDefinition module)
{
    // Whole types and namespaces whose every member depends on when and where it is called.
    private static readonly string[] s_forbidden =
    [
        "System.TimeProvider", "System.Random", "System.Diagnostics.Stopwatch", "System.Threading.Thread", "System.Threading.ThreadPool",
        "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.Tasks.TaskFactory", "System.Threading.Tasks.Parallel",
        "System.Security.Cryptography.RandomNumberGenerator", "System.IServiceProvider", "System.Console",
        "System.Net.", "System.IO.", "Microsoft.Extensions.Configuration.", "Microsoft.Extensions.DependencyInjection.",
        "Microsoft.Data.Sqlite.", "MongoDB.", "MailKit.", "Polly.", "Microsoft.Azure.Functions.Worker.FunctionContextLoggerExtensions",
    ];

    private static readonly Dictionary<string, string[]> s_forbiddenMembers = new()
    {
        ["System.DateTime"] = ["get_Now", "get_UtcNow", "get_Today"],
        ["System.DateTimeOffset"] = ["get_Now", "get_UtcNow"],
        ["System.Guid"] = ["NewGuid", "CreateVersion7"],
        ["System.Threading.Tasks.Task"] = ["Delay", "Run", "Yield", "ConfigureAwait", "ContinueWith", "Wait", "WaitAll", "WaitAny", "get_Factory", "WaitAsync"],
        ["System.Threading.Tasks.Task`1"] = ["ConfigureAwait", "ContinueWith", "get_Result", "Wait", "WaitAsync"],
        ["System.Threading.Tasks.ValueTask"] = ["ConfigureAwait"],
        ["System.Threading.Tasks.ValueTask`1"] = ["ConfigureAwait", "get_Result"],
    };

    // Of Environment only what is the same everywhere.
    private static readonly string[] s_harmlessEnvironment = ["get_NewLine", "get_CurrentManagedThreadId"];

    /// <summary>The methods that are triggered as orchestrators.</summary>
    public IReadOnlyList<MethodDefinition> Orchestrators { get; } =
        [.. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.Parameters.Any(IsTrigger))];

    /// <summary>What one orchestrator must not do, as "who: what", each once.</summary>
    public IReadOnlyList<string> Violations(MethodDefinition orchestrator)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (orchestrator.Parameters.Any(parameter => parameter.ParameterType.FullName == typeof(CancellationToken).FullName))
            found.Add($"{Name(orchestrator)}: a CancellationToken parameter");
        if (orchestrator.DeclaringType.Fields.Any(field => !field.IsStatic))
            found.Add($"{Name(orchestrator)}: its class keeps something between runs");

        var seen = new HashSet<MethodDefinition>();
        var open = new Stack<MethodDefinition>([orchestrator]);
        while (open.TryPop(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var next in StateMachine(method)) open.Push(next);
            if (!method.HasBody) continue;
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.Operand is FieldReference field && IsSharedState(instruction, field)) found.Add($"{Name(method)}: the static field {field.Name}");
                if (instruction.Operand is not MethodReference called) continue;
                if (IsForbidden(called)) found.Add($"{Name(method)}: {called.DeclaringType.Name}.{called.Name}");
                else if (called.DeclaringType.GetElementType().Scope == module && called.Resolve() is { } own) open.Push(own);
            }
        }

        return [.. found];
    }

    private static bool IsTrigger(ParameterDefinition parameter) =>
        parameter.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == typeof(OrchestrationTriggerAttribute).FullName);

    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute")
        .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);

    private static bool IsForbidden(MethodReference called)
    {
        var type = called.DeclaringType.GetElementType().FullName;
        if (type == "System.Environment") return !s_harmlessEnvironment.Contains(called.Name);
        return s_forbidden.Any(name => type == name || (name[^1] == '.' && type.StartsWith(name, StringComparison.Ordinal)))
            || (s_forbiddenMembers.TryGetValue(type, out var members) && members.Contains(called.Name));
    }

    // The compiler's own caches of delegates and lambdas hold no state of anybody's.
    private bool IsSharedState(Instruction instruction, FieldReference reference) =>
        instruction.OpCode.Code is Code.Ldsfld or Code.Stsfld or Code.Ldsflda
        && reference.DeclaringType.GetElementType().Scope == module
        && reference.Resolve() is { IsInitOnly: false, IsLiteral: false } field
        && !field.Name.Contains('<', StringComparison.Ordinal) && !field.DeclaringType.Name.Contains('<', StringComparison.Ordinal);

    private static string Name(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.Name.Contains('<', StringComparison.Ordinal) && type.DeclaringType is { } outer) type = outer;
        return type.Name;
    }
}
