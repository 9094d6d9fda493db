using Mono.Cecil;
using TicketAssistant.Functions.Triage;
using Xunit;

namespace TicketAssistant.Tests.Determinism;

/// <summary>Orchestrators are replayed: the same history must lead to the same decisions (docs/architecture.md).</summary>
public sealed class OrchestratorCodeTests
{
    [Fact]
    public void No_orchestrator_of_the_app_reaches_anything_that_replay_could_tell()
    {
        using var app = AssemblyDefinition.ReadAssembly(typeof(TriageOrchestrator).Assembly.Location);
        var code = new OrchestratorCode(app.MainModule);

        Assert.Contains(code.Orchestrators, orchestrator => orchestrator.DeclaringType.Name == nameof(TriageOrchestrator));
        Assert.True(code.Orchestrators.Count >= 7, $"Only {code.Orchestrators.Count} orchestrators were found.");
        Assert.Empty(code.Orchestrators.SelectMany(code.Violations));
    }

    [Theory]
    [InlineData(nameof(WrongOrchestrators.Clock), "DateTime.get_UtcNow")]
    [InlineData(nameof(WrongOrchestrators.ClockThroughAProperty), "DateTimeOffset.get_Now")]
    [InlineData(nameof(WrongOrchestrators.TimeProviders), "TimeProvider.get_System")]
    [InlineData(nameof(WrongOrchestrators.NewGuid), "Guid.NewGuid")]
    [InlineData(nameof(WrongOrchestrators.Version7Guid), "Guid.CreateVersion7")]
    [InlineData(nameof(WrongOrchestrators.Randomness), "Random.get_Shared")]
    [InlineData(nameof(WrongOrchestrators.EnvironmentVariable), "Environment.GetEnvironmentVariable")]
    [InlineData(nameof(WrongOrchestrators.Setting), "IConfiguration.get_Item")]
    [InlineData(nameof(WrongOrchestrators.Http), "HttpClient.GetStringAsync")]
    [InlineData(nameof(WrongOrchestrators.ReadsAFile), "File.ReadAllText")]
    [InlineData(nameof(WrongOrchestrators.Delay), "Task.Delay")]
    [InlineData(nameof(WrongOrchestrators.DelayInAHelper), "Task.Delay")]
    [InlineData(nameof(WrongOrchestrators.DelayInALambda), "Task.Delay")]
    [InlineData(nameof(WrongOrchestrators.RunsOnThePool), "Task.Run")]
    [InlineData(nameof(WrongOrchestrators.LeavesTheContext), "Task`1.ConfigureAwait")]
    [InlineData(nameof(WrongOrchestrators.Blocks), "Task`1.get_Result")]
    [InlineData(nameof(WrongOrchestrators.Token), "a CancellationToken parameter")]
    [InlineData(nameof(WrongOrchestrators.Counter), "the static field s_counter")]
    public void What_must_not_be_in_an_orchestrator_is_found(string orchestrator, string expected)
    {
        using var tests = AssemblyDefinition.ReadAssembly(typeof(WrongOrchestrators).Assembly.Location);
        var code = new OrchestratorCode(tests.MainModule);

        var violations = code.Violations(code.Orchestrators.Single(method => method.DeclaringType.Name == nameof(WrongOrchestrators) && method.Name == orchestrator));

        Assert.Contains($"{nameof(WrongOrchestrators)}: {expected}", violations);
    }

    [Fact]
    public void An_orchestrator_that_uses_the_contexts_own_clock_guid_and_timer_passes()
    {
        using var tests = AssemblyDefinition.ReadAssembly(typeof(WrongOrchestrators).Assembly.Location);
        var code = new OrchestratorCode(tests.MainModule);

        Assert.Empty(code.Violations(code.Orchestrators.Single(method => method.Name == nameof(WrongOrchestrators.Right))));
    }
}
