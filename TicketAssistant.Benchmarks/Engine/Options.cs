using System.Globalization;

namespace TicketAssistant.Benchmarks.Engine;

/// <summary>Reads <c>--name number</c> pairs.</summary>
internal static class Options
{
    /// <summary>The numbers by the order of <paramref name="names"/>, null for what was not given. False, and a line, for anything else.</summary>
    public static bool TryRead(string[] args, out int?[] values, params string[] names)
    {
        values = new int?[names.Length];
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = Array.IndexOf(names, args[i]);
            if (name < 0 || i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
            {
                Console.Error.WriteLine($"'{args[i]}' is not understood here; use {string.Join(", ", names)}, each with a number above 0.");
                return false;
            }

            values[name] = value;
        }

        return true;
    }
}
