using Microsoft.Extensions.DependencyInjection;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Registers everything about mail but the ledger, which comes with the store.</summary>
internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(CreateTransport(options));
        services.AddSingleton<MailSender>();
        if (options.MailDirectory is not null) services.AddSingleton(new MailFolder(options.MailDirectory));
        return services;
    }

    private static IMailTransport CreateTransport(MailOptions options) =>
        options.SmtpHost is not null ? new SmtpMailTransport(options)
        : new FileMailTransport(options.MailDirectory ?? throw new ArgumentException("There is neither an SMTP host nor a mail folder.", nameof(options)));
}
