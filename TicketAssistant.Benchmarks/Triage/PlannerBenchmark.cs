using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Benchmarks.Triage;

/// <summary>Measures a skill match on a warm index: five skills, of which the commonest is everybody's.</summary>
internal static class PlannerBenchmark
{
    private const int Rounds = 2000;

    public static int Run(string[] args)
    {
        var moderators = args is ["--moderators", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000;
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"skill {i}")];
        var staff = Enumerable.Range(0, moderators).Select(i => new User
        {
            Id = Guid.CreateVersion7(),
            Email = $"m{i}@example.com",
            Name = $"m{i}",
            PasswordHash = "",
            Role = Role.Moderator,
            Skills = [i % 2 == 0 ? "Linux" : "linux", names[i % 40], names[i * 7 % 40]],
            CreatedAt = default,
        }).ToList();
        var index = SkillIndex.Build(staff);

        string[] required = ["linux", names[0], names[1], names[7], names[14]];
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            AssignmentPlanner.ForModerators(required, index);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        // The first half warms the just-in-time compiler.
        var warm = times[(Rounds / 2)..].Order().ToArray();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            moderators,
            medianMicroseconds = Math.Round(warm[warm.Length / 2], 1),
            p99Microseconds = Math.Round(warm[(int)(warm.Length * 0.99)], 1),
            processors = Environment.ProcessorCount,
        }));
        return 0;
    }
}
