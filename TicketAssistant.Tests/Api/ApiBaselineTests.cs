using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace TicketAssistant.Tests.Api;

public sealed class ApiBaselineTests
{
    private const string FakesPrefix = "TicketAssistant.Tests.Api.Fakes.";

    private static readonly Assembly s_localFunctions = typeof(FunctionAttribute).Assembly;

    private readonly ApiBaseline _baseline = new();

    [Fact]
    public void Every_public_member_in_a_Microsoft_namespace_stands_in_the_real_assemblies()
    {
        string[] ours = [.. s_localFunctions.GetTypes().Where(IsStandIn).SelectMany(ApiDescriber.Describe)];

        string[] wrong = [.. _baseline.NotFound(ours)];

        Assert.True(_baseline.Count > 1000, $"The baseline holds {_baseline.Count} lines only; are its files embedded?");
        Assert.True(ours.Length > 300, $"Only {ours.Length} lines describe LocalFunctions; does the describer see its types?");
        Assert.True(wrong.Length == 0, Report(wrong));
    }

    [Fact]
    public void Each_way_to_differ_from_the_real_assemblies_is_reported_and_nothing_else()
    {
        IEnumerable<string> fakes = typeof(ApiBaselineTests).Assembly.GetTypes()
            .Where(type => ApiDescriber.IsVisible(type) && type.FullName!.StartsWith(FakesPrefix, StringComparison.Ordinal))
            .SelectMany(ApiDescriber.Describe)
            .Select(line => line.Replace(FakesPrefix, "", StringComparison.Ordinal));

        string[] wrong = [.. _baseline.NotFound(fakes)];

        const string N = "Microsoft.DurableTask.Client";
        const string Token = "System.Threading.CancellationToken cancellation";
        string[] expected =
        [
            $"M|{N}.DurableTaskClient|public abstract|System.Threading.Tasks.Task|RaiseEventAsync`0|(System.String id, System.String eventName, System.Object eventPayload=default, {Token}=default)",
            $"M|{N}.DurableTaskClient|public abstract|System.Threading.Tasks.Task`1[{N}.OrchestrationMetadata]|WaitForInstanceStartAsync`0|(System.String instanceId, System.Boolean getInputsAndOutputs=True, {Token}=default)",
            $"M|{N}.DurableTaskClient|public abstract|System.Threading.Tasks.Task`1[{N}.OrchestrationMetadata]|WaitForInstanceCompletionAsync`0|(System.String instanceId, System.Boolean getInputsAndOutputs, {Token}=default)",
            $"M|{N}.DurableTaskClient|public abstract|System.Threading.Tasks.Task`1[System.String]|SuspendInstanceAsync`0|(System.String instanceId, System.String reason=default, {Token}=default)",
            $"M|{N}.DurableTaskClient|public|System.Threading.Tasks.Task`1[{N}.PurgeResult]|PurgeInstanceAsync`0|(System.String instanceId, {Token})",
            $"T|{N}.PurgeResult|class sealed|System.Object|",
            $"P|{N}.PurgeInstanceOptions|public|System.Boolean|Recursive|get;set",
            $"T|{N}.OrchestrationMetadata|class sealed|System.Random|",
            $"P|{N}.OrchestrationMetadata|public|System.String|Text|get",
            $"M|{N}.StartOrchestrationOptionsExtensions|public static|Microsoft.DurableTask.StartOrchestrationOptions|WithDedupeStatuses`0|(Microsoft.DurableTask.StartOrchestrationOptions options, {N}.OrchestrationRuntimeStatus[] dedupeStatuses)",
            $"F|{N}.OrchestrationRuntimeStatus|static|{N}.OrchestrationRuntimeStatus|Running=1",
            $"T|{N}.IDurableTaskClientProvider|class abstract|System.Object|System.IDisposable",
            $"C|{N}.IDurableTaskClientProvider|protected|()",
            $"M|{N}.IDurableTaskClientProvider|public abstract|System.Void|Dispose`0|()",
            $"T|{N}.IDurableTaskClientProvider+Inner|class|System.Object|",
            $"C|{N}.IDurableTaskClientProvider+Inner|public|()",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), wrong.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("T|Microsoft.Azure.Functions.Worker.HttpTriggerAttribute|class sealed|System.Attribute|", true)]
    [InlineData("T|Microsoft.Azure.Functions.Worker.HttpTriggerAttribute|class|System.Attribute|", false)]
    [InlineData("T|Microsoft.Azure.Functions.Worker.HttpTriggerAttribute|class sealed|System.Exception|", false)]
    [InlineData("T|Microsoft.DurableTask.TaskFailedException|class sealed|System.Object|", false)]
    [InlineData("T|Microsoft.DurableTask.Client.DurableTaskClient|class abstract|System.Object|System.IAsyncDisposable", true)]
    [InlineData("T|Microsoft.DurableTask.Client.DurableTaskClient|class abstract|System.Object|System.IDisposable", false)]
    public void Only_interfaces_and_a_binding_attributes_base_may_be_left_out(string line, bool allowed)
        => Assert.Equal(allowed, !_baseline.NotFound([line]).Any());

    [Fact]
    public void The_report_names_the_nearest_real_line()
    {
        const string Wrong = "C|Microsoft.DurableTask.Client.PurgeResult|public|(System.Int32 number)";

        Assert.Equal("C|Microsoft.DurableTask.Client.PurgeResult|public|(System.Int32 count)", _baseline.Nearest(Wrong));
    }

    [Fact]
    public void Public_types_live_in_the_real_namespaces_or_in_LocalFunctions_own()
    {
        IEnumerable<string> strays = s_localFunctions.GetTypes()
            .Where(type => ApiDescriber.IsVisible(type) && !IsStandIn(type))
            .Where(type => !$"{type.Namespace}.".StartsWith("TicketAssistant.LocalFunctions.", StringComparison.Ordinal))
            .Select(type => type.FullName!);

        Assert.Empty(strays);
    }

    [Fact]
    public void The_only_DurableTask_namespace_is_that_of_its_exceptions()
    {
        IEnumerable<string?> namespaces = s_localFunctions.GetTypes()
            .Where(type => ApiDescriber.IsVisible(type) && type.FullName!.StartsWith("DurableTask.", StringComparison.Ordinal))
            .Select(type => type.Namespace)
            .Distinct();

        Assert.Equal(["DurableTask.Core.Exceptions"], namespaces);
    }

    private static bool IsStandIn(Type type)
        => ApiDescriber.IsVisible(type)
            && (type.FullName!.StartsWith("Microsoft.", StringComparison.Ordinal)
                || type.FullName.StartsWith("DurableTask.", StringComparison.Ordinal));

    private string Report(string[] wrong)
        => $"{wrong.Length} members are not in the real assemblies:\n"
            + string.Join('\n', wrong.Select(line => $"  ours {line}\n  real {_baseline.Nearest(line)}"));
}
