using FsCheck;
using FsCheck.Fluent;

namespace TicketAssistant.Tests.Durable.Programs;

/// <summary>Generates orchestrations of one to six steps, two levels deep, and makes smaller ones of those that fail.</summary>
internal static class ProgramGenerator
{
    private static readonly StepKind[] s_leaves = [StepKind.Activity, StepKind.Flaky, StepKind.Failing, StepKind.Timer, StepKind.Event];

    public static Arbitrary<IReadOnlyList<ProgramStep>> Programs => Arb.From(Steps(6, depth: 2), Smaller);

    private static Gen<IReadOnlyList<ProgramStep>> Steps(int most, int depth) =>
        from count in Gen.Choose(1, most)
        from steps in Gen.ListOf(OneStep(depth), count)
        select (IReadOnlyList<ProgramStep>)[.. steps];

    private static Gen<ProgramStep> OneStep(int depth)
    {
        var leaf =
            from kind in Gen.Elements(s_leaves)
            from number in Gen.Choose(0, 9)
            select new ProgramStep(kind, number, []);
        if (depth == 0) return leaf;
        var nested =
            from kind in Gen.Elements(StepKind.FanOut, StepKind.Child)
            from inner in Steps(3, depth - 1)
            select new ProgramStep(kind, 0, inner);
        return Gen.Frequency((5, leaf), (3, nested), (1, Gen.Constant(new ProgramStep(StepKind.ContinueAsNew, 0, []))));
    }

    private static IEnumerable<IReadOnlyList<ProgramStep>> Smaller(IReadOnlyList<ProgramStep> steps)
    {
        for (var i = 0; i < steps.Count && steps.Count > 1; i++) yield return [.. steps.Where((_, index) => index != i)];
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Inner.Count > 0) yield return [.. steps.Take(i), .. steps[i].Inner, .. steps.Skip(i + 1)];
        }
    }
}
