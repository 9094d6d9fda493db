using System.Reflection;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>A function that is being checked, for messages that name it.</summary>
internal sealed record FunctionUnderCheck(string Name, MethodInfo Method)
{
    public HostStartException Refused(string why) => new($"Function '{Name}' ({LocalFunction.FullName(Method)}) cannot run: {why}.");

    public HostStartException Refused(ParameterInfo parameter, string why) =>
        Refused($"parameter '{parameter.Name}' ({parameter.ParameterType}): {why}");
}
