using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Csv;
using TicketAssistant.Tests.Support;
using Xunit;
using OpenApiDocument = TicketAssistant.Functions.OpenApi.OpenApiDocument;

namespace TicketAssistant.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    private static readonly List<(MethodInfo Function, string Name, HttpTriggerAttribute Trigger)> Functions =
    [
        .. from type in typeof(Ticket).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where name is not null && trigger is not null
           select (method, name, trigger),
    ];

    private static readonly string Text = OpenApiDocument.Json;

    public static TheoryData<string> Names => [.. Functions.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_is_described(string name)
    {
        var (method, _, _) = Functions.Single(function => function.Name == name);
        var operation = method.GetCustomAttribute<OperationAttribute>();
        var replies = method.GetCustomAttributes<ReplyAttribute>().ToList();
        var at = $"{method.DeclaringType}.{method.Name}";
        Assert.True(operation is not null, $"{name} is not in the OpenAPI document: give {at} an [Operation(\"What it does\")] (docs/architecture.md, \"A new route\").");
        Assert.True(replies.Count > 0, $"{name} says nothing of its replies in the OpenAPI document: give {at} a [Reply(200, \"What it means\", typeof(…))].");
        foreach (var type in replies.Where(reply => reply.MediaType is null).Select(reply => reply.Body).Append(operation.Body).OfType<Type>())
        {
            Assert.True(
                typeof(OpenApiDocument).Assembly.GetManifestResourceInfo($"openapi/{type.Name}.json") is not null,
                $"{type.Name} of {name} has no example: write TicketAssistant.Functions/OpenApi/Examples/{type.Name}.json.");
        }
    }

    [Fact]
    public void What_has_an_HTTP_trigger_is_in_the_document_and_nothing_else_is()
    {
        var served = Functions.SelectMany(function => function.Trigger.Methods!.Select(method =>
            $"{method.ToUpperInvariant()} /{Regex.Replace(function.Trigger.Route!, @"\{\*?(\w+)(:\w+)?\}", "{$1}")}"));

        Assert.Equal(
            served.Order(StringComparer.Ordinal),
            ApiDocument.Instance.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_OpenAPI_3_1_to_an_independent_reader()
    {
        var (document, diagnostic) = Microsoft.OpenApi.OpenApiDocument.Parse(Text);

        Assert.NotNull(document);
        Assert.Empty(diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
        Assert.Equal(ApiDocument.Instance.Operations.Count(), document.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void The_reader_would_see_what_is_wrong()
    {
        var broken = ApiDocument.Instance.Root.DeepClone();
        broken["paths"]!["/api/tickets"]!["post"]!["responses"]!["201"]!["description"] = null;
        broken["paths"]!["/api/tickets"]!["get"]!["parameters"]![0]!["in"] = "nowhere";

        var (_, diagnostic) = Microsoft.OpenApi.OpenApiDocument.Parse(broken.ToJsonString());

        Assert.NotEmpty(diagnostic!.Errors);
    }

    [Fact]
    public void Every_schema_is_JSON_Schema()
    {
        foreach (var (name, schema) in ApiDocument.Instance.Root["components"]!["schemas"]!.AsObject())
        {
            var result = MetaSchemas.Draft202012.Evaluate(JsonSerializer.SerializeToElement(schema));
            Assert.True(result.IsValid, name);
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_nothing_is_left_over()
    {
        var root = ApiDocument.Instance.Root;
        var references = Regex.Matches(Text, "\"\\$ref\":\"#/([^\"]+)\"").Select(match => match.Groups[1].Value).ToHashSet();

        foreach (var reference in references)
            Assert.True(reference.Split('/').Aggregate((JsonNode?)root, (node, step) => node?[step]) is not null, reference);
        foreach (var group in (string[])["schemas", "headers"])
        {
            Assert.All(root["components"]![group]!.AsObject(), component => Assert.True(
                references.Contains($"components/{group}/{component.Key}"), $"Nothing refers to {component.Key}."));
        }
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        var checkedExamples = 0;
        foreach (var (method, path, operation) in ApiDocument.Instance.Operations)
        {
            var contents = operation["responses"]!.AsObject().Select(response => response.Value!["content"]).Append(operation["requestBody"]?["content"])
                .OfType<JsonObject>().SelectMany(content => content).Select(content => content.Value!);
            var forms = contents.Concat(operation["parameters"]?.AsArray().Select(parameter => parameter!) ?? []);
            foreach (var form in forms)
            {
                var examples = (form["examples"]?.AsObject().Select(example => example.Value!["value"]) ?? []).Append(form["example"]).OfType<JsonNode>();
                foreach (var example in examples)
                {
                    var errors = ApiDocument.Instance.Errors(form["schema"]!, JsonSerializer.SerializeToElement(example));
                    Assert.True(errors.Count == 0, $"{method} {path}: {string.Join("; ", errors)}\n{example}");
                    checkedExamples++;
                }
            }
        }

        Assert.InRange(checkedExamples, 200, int.MaxValue);
    }

    [Theory]
    [InlineData("UserReply", """{"user":{}}""")]
    [InlineData("HealthReply", """{"status":"ok","surprise":1}""")]
    [InlineData("HealthReply", """{"status":null}""")]
    [InlineData("TicketEvent", """{"ticketId":"not an id","version":1,"kind":"created"}""")]
    [InlineData("TicketEvent", """{"ticketId":"0193a5c1-7d2a-7c11-9b5e-3f0a4f6f1a01","version":1,"kind":"Created"}""")]
    [InlineData("RetriageReply", """{"revision":1.5,"instanceId":"x"}""")]
    [InlineData("ConfirmReply", """{"email":["x"]}""")]
    public void The_validator_sees_what_is_wrong(string component, string json) =>
        Assert.NotEmpty(ApiDocument.Instance.Errors(component, JsonDocument.Parse(json).RootElement));

    [Fact]
    public void Every_body_that_can_be_sent_and_every_member_of_it_is_explained()
    {
        foreach (var (name, schema) in ApiDocument.Instance.Root["components"]!["schemas"]!.AsObject())
        {
            Assert.True(schema!["description"] is not null, $"{name} has no summary in its docs.");
            foreach (var (member, value) in schema["properties"]?.AsObject() ?? [])
                Assert.True(value!["description"] is not null, $"{name}.{member} has no words in its docs.");
        }
    }

    [Fact]
    public void Every_example_that_is_kept_is_used()
    {
        var used = Functions.SelectMany(function => function.Function.GetCustomAttributes<ReplyAttribute>().Select(reply => reply.Body)
            .Append(function.Function.GetCustomAttribute<OperationAttribute>()?.Body)).OfType<Type>().Select(type => $"openapi/{type.Name}.json").ToHashSet();

        Assert.All(
            typeof(OpenApiDocument).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("openapi/", StringComparison.Ordinal)),
            name => Assert.Contains(name, used));
    }

    [Fact]
    public void The_example_of_a_CSV_file_has_its_columns()
    {
        var text = new StringBuilder();
        TicketCsv.AppendHeader(text);

        Assert.Equal(text.ToString(), ApiDocument.Instance.Root["paths"]!["/api/tickets"]!["get"]!["responses"]!["200"]!["content"]!["text/csv"]!["example"]!.GetValue<string>());
    }
}
