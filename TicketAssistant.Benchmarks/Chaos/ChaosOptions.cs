using System.Globalization;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>What the command line asks for.</summary>
/// <param name="Seconds">How long there is load and faults.</param>
/// <param name="Mongo">Whether the store is MongoDB (the tests' stand-in for it).</param>
/// <param name="Seed">Decides the order of faults and what the people do; not the machine's timing.</param>
/// <param name="Disk">How the disk is filled: tmpfs, rlimit, none; null for the first of them that works here.</param>
/// <param name="Keep">Whether the app's data are kept for a look when an invariant was broken.</param>
internal sealed record ChaosOptions(int Seconds, bool Mongo, int Seed, string? Disk, bool Keep)
{
    /// <summary>Null, and a line, for what is not understood.</summary>
    public static ChaosOptions? Read(string[] args)
    {
        var options = new ChaosOptions(60, Mongo: false, Random.Shared.Next(1, 1_000_000), Disk: null, Keep: false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--keep":
                    options = options with { Keep = true };
                    continue;
                case "--seconds" when Number(value) is { } seconds:
                    options = options with { Seconds = seconds };
                    break;
                case "--seed" when Number(value) is { } seed:
                    options = options with { Seed = seed };
                    break;
                case "--store" when value is "sqlite" or "mongo":
                    options = options with { Mongo = value == "mongo" };
                    break;
                case "--disk" when value is "tmpfs" or "rlimit" or "none":
                    options = options with { Disk = value };
                    break;
                default:
                    Console.Error.WriteLine($"'{args[i]}' is not understood here; use --seconds N, --store sqlite|mongo, --seed N, --disk tmpfs|rlimit|none, --keep.");
                    return null;
            }

            i++;
        }

        return options;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
