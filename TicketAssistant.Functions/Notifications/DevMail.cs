using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// GET /dev/mail and /dev/mail/{name}: the mails that were written as files. There only where mails are; for admins, by
/// bearer token or, in a browser, by its own log-in dialogue.
/// </summary>
public sealed class DevMail
{
    internal const string Path = "/dev/mail";

    private readonly DevMailDoor _door;
    private readonly MailFolder? _folder;
    private readonly MailOptions _options;

    /// <summary>For the container.</summary>
    public DevMail(MailOptions options, IServiceProvider services)
    {
        _door = services.GetRequiredService<DevMailDoor>();
        _options = options;
        // Absent without a data directory.
        _folder = services.GetService<MailFolder>();
    }

    /// <summary>The list, newest first.</summary>
    [Function("DevMailList")]
    [Access(Access.Anyone)]
    [Operation("The mailbox, for a browser: mails that were written as files")]
    [Reply(200, "The list, newest first.", MediaType = "text/html", Example = "<!doctype html><title>Mailbox</title>")]
    [Failure(401, "Log in", "The mailbox is for admins: log in with an admin's e-mail address and password.")]
    [Failure(403, "Forbidden", "The mailbox is for admins.")]
    [Failure(404, "Not found", "There is no such mail here.")]
    [Failure(429, "Too many requests", "Too many log-ins to this account have failed. Try again in 30 s.")]
    [Failure(421, "Wrong host", "The mailbox is not served under this name; use localhost or the host of App__Url.")]
    [Failure(503, "Try again soon", "The store does not answer just now.")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dev/mail")] HttpRequest request, CancellationToken cancellationToken)
    {
        var folder = await OpenAsync(request, cancellationToken);
        return Html(request, DevMailPage.List(await folder.ListAsync(cancellationToken)));
    }

    /// <summary>One mail.</summary>
    [Function("DevMailMessage")]
    [Access(Access.Anyone)]
    [Operation("One mail of the mailbox")]
    [Parameter("name", "The name of a mail's file.", In = "path", Example = "20260504-123000-assigned.eml")]
    [Reply(200, "The mail.", MediaType = "text/html", Example = "<!doctype html><title>Mail</title>")]
    [Failure(401, "Log in", "The mailbox is for admins: log in with an admin's e-mail address and password.")]
    [Failure(403, "Forbidden", "The mailbox is for admins.")]
    [Failure(429, "Too many requests", "Too many log-ins to this account have failed. Try again in 30 s.")]
    [Failure(421, "Wrong host", "The mailbox is not served under this name; use localhost or the host of App__Url.")]
    [Failure(503, "Try again soon", "The store does not answer just now.")]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dev/mail/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var folder = await OpenAsync(request, cancellationToken);
        var message = await folder.ReadAsync(name, cancellationToken) ?? throw NotFound();
        return Html(request, DevMailPage.Message(message, _options.AppUrl));
    }

    private async Task<MailFolder> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (_folder is null) throw NotFound();
        await _door.CheckAsync(request, cancellationToken);
        return _folder;
    }

    private static IResult Html(HttpRequest request, string page)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = DevMailPage.ContentSecurityPolicy;
        return Results.Content(page, "text/html; charset=utf-8");
    }

    private static ProblemException NotFound() => new(404, "Not found", "There is no such mail here.");
}
