using System.Reflection;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Turns what a function's method returns into a task of its result.</summary>
internal static class FunctionResult
{
    private static readonly MethodInfo s_ofTask = typeof(FunctionResult).GetMethod(nameof(OfTask), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The type inside a task, or the type itself; <c>void</c> for a task without result.</summary>
    public static Type TypeOf(Type returned) =>
        returned == typeof(Task) ? typeof(void)
        : returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0]
        : returned;

    /// <summary>The conversion for a method's return type.</summary>
    public static Func<object?, Task<object?>> Awaiter(Type returned)
    {
        if (returned == typeof(Task)) return OfTaskAlone;
        return TypeOf(returned) == returned
            ? Task.FromResult
            : s_ofTask.MakeGenericMethod(TypeOf(returned)).CreateDelegate<Func<object?, Task<object?>>>();
    }

    // Result and Wait, not await, as in the real worker: middleware sees an async function's exception inside an
    // AggregateException. Synchronously, so that an orchestrator never leaves the thread of its turn.
    private static Task<object?> OfTask<T>(object? returned) => Running<Task<T>>(returned)
        .ContinueWith(t => (object?)t.Result, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static Task<object?> OfTaskAlone(object? returned) => Running<Task>(returned).ContinueWith(
        t =>
        {
            t.Wait();
            return (object?)null;
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static TTask Running<TTask>(object? returned) => returned is TTask task
        ? task
        : throw new InvalidOperationException("The function returned null instead of a task.");
}
