using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TicketAssistant.Tests.Durable.Programs;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>
/// Generated orchestrations end the same however often the engine dies: each is run once in peace, and once killed at random
/// commits until it gets through, every other one with its code kept between turns. Test__KillPoints says how many kills there are to be.
/// </summary>
public sealed class KillPointTests
{
    private const int MostKillsOfOne = 10;

    private static readonly int s_killPoints =
        int.TryParse(Environment.GetEnvironmentVariable("Test__KillPoints"), CultureInfo.InvariantCulture, out var n) ? n : 30;

    [Fact]
    public void Killed_at_random_commits_an_orchestration_ends_as_if_it_never_had_been()
    {
        var kills = 0;
        var programs = 0;
        Prop.ForAll(ProgramGenerator.Programs, program =>
        {
            if (kills >= s_killPoints) return true;
            var expected = Task.Run(() => UninterruptedAsync(program)).GetAwaiter().GetResult();
            var (output, killed) = Task.Run(() => KilledAsync(program, programs)).GetAwaiter().GetResult();
            (kills, programs) = (kills + killed, programs + 1);
            return output == expected && !expected.StartsWith("Failed", StringComparison.Ordinal)
                ? true
                : throw new InvalidOperationException($"[{string.Join(", ", program)}] after {killed} kills: {output}; in peace: {expected}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10 * s_killPoints));

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills in {programs} orchestrations, none diverged.");
        Assert.True(kills >= s_killPoints, $"Only {kills} kills.");
    }

    private static async Task<string> UninterruptedAsync(IReadOnlyList<ProgramStep> program)
    {
        using var folder = new TempFolder();
        await using var rig = new ProgramRig(folder.Path, new ConcurrentDictionary<string, int>(), keepsCode: false);
        await rig.BeginAsync("one", program);
        return await rig.EndOf("one");
    }

    private static async Task<(string Output, int Kills)> KilledAsync(IReadOnlyList<ProgramStep> program, int seed)
    {
        var random = new Random(seed);
        var attempts = new ConcurrentDictionary<string, int>();
        var folder = new TempFolder();
        try
        {
            for (var kills = 0; ; kills++)
            {
                var next = new TempFolder();
                var output = await RunUntilAsync(
                    kills < MostKillsOfOne ? random.Next(1, 8) : int.MaxValue, folder, next, attempts, seed % 2 == 0, kills == 0 ? program : null);
                folder.Dispose();
                folder = next;
                if (output is not null) return (output, kills);
            }
        }
        finally
        {
            folder.Dispose();
        }
    }

    /// <summary>The output, or null when the commit came first: then only what was on disk at that moment counts.</summary>
    private static async Task<string?> RunUntilAsync(
        int commit, TempFolder folder, TempFolder next, ConcurrentDictionary<string, int> attempts, bool keepsCode, IReadOnlyList<ProgramStep>? program)
    {
        using var snapshot = new CommitSnapshot(folder.File("durable.db"), commit, next.Path);
        await using var rig = new ProgramRig(folder.Path, attempts, keepsCode);
        if (program is not null) await rig.BeginAsync("one", program);
        var end = rig.EndOf("one");
        return await Task.WhenAny(end, snapshot.Taken) == end ? await end : null;
    }
}
