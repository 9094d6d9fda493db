using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.Functions.Http;

/// <summary>Who may call which HTTP function, found once by reflection.</summary>
internal sealed class FunctionAccess
{
    private readonly FrozenDictionary<string, Access> _byName;

    /// <exception cref="InvalidOperationException">An HTTP function doesn't say who may call it.</exception>
    public FunctionAccess(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(HttpTriggerAttribute))))
            .Select(m => (Name: m.GetCustomAttribute<FunctionAttribute>()?.Name, m.GetCustomAttribute<AccessAttribute>()?.Access, Method: m))
            .Where(f => f.Name is not null)
            .ToList();
        foreach (var (name, access, method) in functions)
        {
            if (access is null)
            {
                throw new InvalidOperationException(
                    $"The function {name} ({method.DeclaringType}.{method.Name}) doesn't say who may call it; give it an [Access] attribute.");
            }
        }

        // The host compares function names without regard to case.
        _byName = functions.ToFrozenDictionary(f => f.Name!, f => f.Access!.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Who may call the function; throws <see cref="KeyNotFoundException"/> for one that isn't the app's.</summary>
    public Access Of(string function) => _byName[function];
}
