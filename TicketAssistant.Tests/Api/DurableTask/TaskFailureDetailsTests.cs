using System.Net.Sockets;
using Microsoft.DurableTask;
using Xunit;

namespace TicketAssistant.Tests.Api.DurableTask;

public sealed class TaskFailureDetailsTests
{
    [Fact]
    public void A_failure_is_caused_by_its_type_and_its_base_types_only()
    {
        var details = TaskFailureDetails.FromException(new MailRefusedException("550"));

        Assert.True(details.IsCausedBy<MailRefusedException>());
        Assert.True(details.IsCausedBy<InvalidOperationException>());
        Assert.True(details.IsCausedBy<Exception>());
        Assert.False(details.IsCausedBy<ArgumentException>());
        Assert.False(details.IsCausedBy<DerivedException>());
    }

    [Fact]
    public void A_type_is_found_in_an_assembly_that_is_neither_the_targets_nor_ours()
    {
        var details = TaskFailureDetails.FromException(new SocketException(111));

        Assert.True(details.IsCausedBy<System.ComponentModel.Win32Exception>());
        Assert.True(details.IsCausedBy<Exception>());
    }

    [Fact]
    public void A_type_that_is_not_loaded_is_no_cause()
        => Assert.False(new TaskFailureDetails("No.Such.Exception", "gone", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void A_target_that_is_no_exception_is_refused()
        => Assert.Throws<ArgumentException>(() => new TaskFailureDetails("A", "b", null, null, null).IsCausedBy(typeof(string)));

    [Fact]
    public void Inner_exceptions_are_kept_and_not_taken_for_the_cause()
    {
        var details = TaskFailureDetails.FromException(new InvalidOperationException("outer", new TimeoutException("inner")));

        Assert.Equal("System.TimeoutException", details.InnerFailure!.ErrorType);
        Assert.Equal("inner", details.InnerFailure.ErrorMessage);
        Assert.False(details.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public void The_exception_says_which_task_failed_and_why()
    {
        var exception = new TaskFailedException("Notify", 4, new TaskFailureDetails("A", "no route", null, null, null));

        Assert.Equal("Task 'Notify' (#4) failed with an unhandled exception: no route", exception.Message);
    }

    private class MailRefusedException(string message) : InvalidOperationException(message);

    private sealed class DerivedException() : MailRefusedException("never thrown");
}
