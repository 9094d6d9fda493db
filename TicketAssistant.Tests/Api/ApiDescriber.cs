using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TicketAssistant.Tests.Api;

/// <summary>Writes a type and its declared public and protected members in the notation of the baseline files.</summary>
internal static class ApiDescriber
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    public static IEnumerable<string> Describe(Type type)
    {
        string name = type.FullName!;
        yield return $"T|{name}|{Kind(type)}|{type.BaseType}|{Join(";", type.GetInterfaces().Select(i => i.ToString()).Order(StringComparer.Ordinal))}";

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
        {
            yield return $"C|{name}|{Flags(constructor)}|{Parameters(constructor)}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(m => IsVisible(m) && !IsAccessor(m)))
        {
            yield return $"M|{name}|{Flags(method)}|{ReturnType(method)}|{method.Name}`{method.GetGenericArguments().Length}|{Parameters(method)}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            MethodInfo? get = property.GetMethod is { } getter && IsVisible(getter) ? getter : null;
            MethodInfo? set = property.SetMethod is { } setter && IsVisible(setter) ? setter : null;
            if ((get ?? set) is { } first)
            {
                string accessors = (get is null ? "" : "get") + (set is null ? "" : IsInit(set) ? ";init" : ";set");
                yield return $"P|{name}|{Flags(first)}|{property.PropertyType}|{property.Name}|{accessors}";
            }
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
        {
            string constant = field.IsLiteral ? $"={Text(field.GetRawConstantValue())}" : "";
            yield return $"F|{name}|{(field.IsStatic ? "static" : "")}|{field.FieldType}|{field.Name}{constant}";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method)
        => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsInit(MethodInfo setter)
        => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ when type.BaseType == typeof(MulticastDelegate) => "delegate",
        { IsAbstract: true, IsSealed: true } => "class static",
        { IsAbstract: true } => "class abstract",
        { IsSealed: true } => "class sealed",
        _ => "class",
    };

    private static string Flags(MethodBase method)
        => (method.IsPublic ? "public" : "protected")
            + (method.IsStatic ? " static" : "")
            + (method.IsAbstract ? " abstract" : method.IsVirtual && !method.IsFinal ? " virtual" : "");

    // A derived record's clone returns the derived type where the runtime can override so, and the base's where it is
    // compiled for netstandard2.0, as the real one is. No source can name the method: `with` compiles alike.
    private static Type ReturnType(MethodInfo method)
        => method.Name == "<Clone>$" ? method.GetBaseDefinitionAcrossCovariance().ReturnType : method.ReturnType;

    private static MethodInfo GetBaseDefinitionAcrossCovariance(this MethodInfo clone)
        => clone.DeclaringType!.BaseType!.GetMethod(clone.Name) is { } overridden
            ? overridden.GetBaseDefinitionAcrossCovariance()
            : clone;

    private static string Parameters(MethodBase method) => $"({Join(", ", method.GetParameters().Select(Parameter))})";

    private static string Parameter(ParameterInfo parameter)
        => (parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")
            + $"{parameter.ParameterType} {parameter.Name}"
            + (parameter.IsOptional ? $"={Text(parameter.RawDefaultValue)}" : "");

    private static string Text(object? constant) => Convert.ToString(constant, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "default";

    private static string Join(string separator, IEnumerable<string> parts) => string.Join(separator, parts);
}
