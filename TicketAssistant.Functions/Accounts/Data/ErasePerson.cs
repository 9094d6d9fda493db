using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>DELETE /api/users/{id}/data.</summary>
public sealed class ErasePerson(IUserStore users, AuditTrail audit)
{
    /// <summary>
    /// 202; what is known of the person is being erased. 404 where there is no such account; 409 where it is not closed yet: that
    /// comes first, and has the rules that protect admins.
    /// </summary>
    [Function(nameof(ErasePerson))]
    [Access(Access.Admin)]
    [Operation("Erases what is known of a person")]
    [Reply(202, "It is being erased.")]
    [Failure(409, "Account open", "Close the account first (active: false); then its data can be erased.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/users/{id:guid}/data")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(id, cancellationToken) ?? throw new ProblemException(404, "No such user", "There is no such account.");
        if (user.Active) throw new ProblemException(409, "Account open", "Close the account first (active: false); then its data can be erased.");
        await audit.RecordAsync(request.CurrentUser(), AuditAction.PersonErased, id.ToString("D"), cancellationToken);
        await durable.StartUnlessRunningAsync(nameof(EraseOrchestrator), EraseOrchestrator.InstanceId(id), new ErasePage(id));
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
