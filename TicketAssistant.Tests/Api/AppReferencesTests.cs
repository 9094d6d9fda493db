using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Api;

public sealed class AppReferencesTests
{
    [Fact]
    public void The_app_uses_nothing_of_the_local_runtime_but_what_the_real_packages_have()
    {
        using var file = new PEReader(File.OpenRead(typeof(Ticket).Assembly.Location));
        var metadata = file.GetMetadataReader();

        var used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Where(type => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "TicketAssistant.LocalFunctions")
            .Select(type => (Namespace: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .ToList();

        Assert.Contains(("Microsoft.Azure.Functions.Worker", "FunctionAttribute"), used);
        Assert.DoesNotContain(used, type => !type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal) && type.Namespace != "DurableTask.Core.Exceptions");
    }
}
