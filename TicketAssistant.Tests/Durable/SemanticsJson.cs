using System.Text.Json;
using Microsoft.DurableTask;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>Payloads go through input, activity, event, sub-orchestration and output, and come back as they were.</summary>
public sealed class SemanticsJson
{
    private static readonly Dictionary<string, object?> s_values = new()
    {
        ["record"] = new Order("o-1", Level.High, [new Line("a", 1.5m), new Line("b", null)], null),
        ["null"] = null,
        ["empty text"] = "",
        ["non-ASCII"] = "Grüße, Ωμέγα, 漢字, 😀, \u0000, \"quoted\" \\ </script>",
        ["enum"] = Level.High,
        ["list of lists"] = new List<List<int?>> { new() { 1, null }, new() },
        ["map"] = new Dictionary<string, Level> { ["ä"] = Level.Low },
        ["largest number"] = long.MaxValue,
        ["time"] = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-3.5)),
        ["one mebibyte"] = new string('é', 1 << 20),
    };

    public static TheoryData<string> Values => [.. s_values.Keys];

    [Theory]
    [MemberData(nameof(Values))]
    public Task Comes_back_as_it_was(string name) => s_values[name] switch
    {
        Order v => RoundAsync(v),
        string v => RoundAsync(v),
        Level v => RoundAsync(v),
        List<List<int?>> v => RoundAsync(v),
        Dictionary<string, Level> v => RoundAsync(v),
        long v => RoundAsync(v),
        DateTimeOffset v => RoundAsync(v),
        _ => RoundAsync<Order?>(null),
    };

    // The worker's own converter: members as in the source, enums as numbers; read in any case.
    [Fact]
    public async Task The_stored_form_is_the_workers()
    {
        await using var harness = new EngineHarness().Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<Order>())).Start();

        var end = await harness.RunAsync("Echo", new { id = "x", LEVEL = 1, lines = Array.Empty<Line>() });

        Assert.Equal("""{"Id":"x","Level":1,"Lines":[],"Note":null}""", end.SerializedOutput);
    }

    [Fact]
    public async Task An_input_that_does_not_fit_fails_the_orchestration_and_says_so()
    {
        await using var harness = new EngineHarness().Orchestrator("Number", c => Task.FromResult<object?>(c.GetInput<int>())).Start();

        var end = await harness.RunAsync("Number", "text");

        Assert.Equal(typeof(JsonException).FullName, end.FailureDetails!.ErrorType);
    }

    private static async Task RoundAsync<T>(T value)
    {
        await using var harness = new EngineHarness { MaxCachedHistories = 0 };
        harness.Activity<T>("Echo", x => x)
            .Orchestrator("Child", c => Task.FromResult<object?>(c.GetInput<T>()))
            .Orchestrator("Round", async c =>
            {
                var now = await c.CallActivityAsync<T>("Echo", c.GetInput<T>());
                now = await c.CallSubOrchestratorAsync<T>("Child", now);
                c.SendEvent(c.InstanceId, "back", now!);
                return await c.WaitForExternalEvent<T>("back");
            }).Start();

        var end = await harness.RunAsync("Round", value);

        Assert.Null(end.FailureDetails);
        Assert.Equal(JsonSerializer.Serialize(value), JsonSerializer.Serialize(end.ReadOutputAs<T>()));
        Assert.Equal(JsonSerializer.Serialize(value), JsonSerializer.Serialize(end.ReadInputAs<T>()));
    }

    internal enum Level
    {
        Low,
        High,
    }

    internal sealed record Line(string Name, decimal? Price);

    internal sealed record Order(string Id, Level Level, IReadOnlyList<Line> Lines, string? Note);
}
