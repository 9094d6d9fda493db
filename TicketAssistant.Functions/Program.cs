using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Startup;
using TicketAssistant.Functions.Storage.Transfer;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddTicketAssistant(args);
    var app = builder.Build();
    if (await TransferCommand.RunAsync(args, app.Services) is { } exitCode) return exitCode;
    app.Run();
    return Environment.ExitCode;
}
catch (SettingException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
