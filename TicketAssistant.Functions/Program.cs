using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Startup;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddTicketAssistant(args);
    builder.Build().Run();
    return Environment.ExitCode;
}
catch (SettingException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
