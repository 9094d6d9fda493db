using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// Reads compiled code: which texts a method uses, itself or in what it calls within its assembly. Durable functions are started by
/// name, and <c>nameof</c> leaves the name in the code, so this tells who starts whom. Calls through interfaces are not followed.
/// </summary>
internal sealed class CallGraph
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly HashSet<MethodBase> _seen = [];
    private readonly HashSet<MethodBase> _foreign = [];
    private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);

    private CallGraph()
    {
    }

    /// <summary>All texts that running <paramref name="method"/> may come upon.</summary>
    public static IReadOnlyCollection<string> TextsOf(MethodInfo method)
    {
        var graph = new CallGraph();
        graph.Visit(method);
        return graph._texts;
    }

    /// <summary>The type arguments with which <paramref name="method"/> calls generic methods of this name in other assemblies.</summary>
    public static IReadOnlyList<Type> TypesGivenTo(MethodInfo method, string name)
    {
        var graph = new CallGraph();
        graph.Visit(method);
        return [.. graph._foreign.Where(called => called.Name == name && called.IsGenericMethod).SelectMany(called => called.GetGenericArguments()).Distinct()];
    }

    private void Visit(MethodBase method)
    {
        if (!_seen.Add(method)) return;
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
            Visit(machine.StateMachineType.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!);
        if (method.GetMethodBody()?.GetILAsByteArray() is { } code) Read(method, code);
    }

    private void Read(MethodBase method, byte[] code)
    {
        var (typeArguments, methodArguments) = (method.DeclaringType?.GetGenericArguments(), method is MethodInfo ? method.GetGenericArguments() : null);
        for (var at = 0; at < code.Length;)
        {
            var opCode = OpCodesByValue[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += opCode.Size;
            switch (opCode.OperandType)
            {
                case OperandType.InlineString:
                    _texts.Add(method.Module.ResolveString(BitConverter.ToInt32(code, at)));
                    break;
                case OperandType.InlineMethod:
                    var called = method.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
                    if (called.Module == method.Module) Visit(called);
                    else _foreign.Add(called);
                    break;
            }

            at += SizeOf(opCode.OperandType, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
