using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

/// <summary>The hostile tickets of the data sets, on their way to the model and, where it obeys them, back.</summary>
public sealed class HostileTicketsTests
{
    private static readonly List<(string Title, string Description)> Tickets = Read();

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Tickets.Count >= 40, $"There are {Tickets.Count}.");

    [Fact]
    public void Each_stays_between_its_delimiters_and_leaves_the_instruction_as_it_is()
    {
        var instruction = TriagePrompt.Messages("Printer", "It does not print.", Skills.Names)[0].Text;
        Assert.All(Tickets, ticket =>
        {
            var messages = TriagePrompt.Messages(ticket.Title, ticket.Description, Skills.Names);
            Assert.Equal([ChatRole.System, ChatRole.User], messages.Select(m => m.Role));
            Assert.Equal(instruction, messages[0].Text);
            var text = messages[1].Text;
            Assert.StartsWith("⟦title⟧", text, StringComparison.Ordinal);
            Assert.EndsWith("⟦/description⟧", text, StringComparison.Ordinal);
            Assert.Equal(4, text.Count(c => c == '⟦'));
            Assert.Equal(4, text.Count(c => c == '⟧'));
        });
    }

    [Fact]
    public async Task A_model_that_repeats_what_they_say_gets_nothing_through()
    {
        await using var bench = await ModelBench.StartAsync();
        foreach (var (title, description) in Tickets)
        {
            var answer = FakeModelReply.Analysis("bug", "high", "Kubernetes", title, description);
            (answer["summary"], answer["helpfulNotes"], answer["assignee"], answer["role"]) = ($"s {title}", description, HostileAnswers.Person, "admin");
            bench.Server.Otherwise = _ => FakeModelReply.Answer(answer.ToJsonString());

            var analysis = Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync(title, description)).Analysis;

            Assert.DoesNotContain("://", analysis.Summary + analysis.HelpfulNotes, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\w@\w+\.\w", analysis.Summary + analysis.HelpfulNotes);
            Assert.Equal(["Kubernetes"], analysis.RequiredSkills.Where(Skills.Names.Contains));
        }
    }

    private static List<(string, string)> Read([CallerFilePath] string me = "") =>
    [
        .. Directory.GetFiles(Path.Combine(Path.GetDirectoryName(me)!, "..", "Data"), "*.jsonl")
            .SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(ticket => ticket.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString() == "injection"))
            .Select(ticket => (ticket.GetProperty("title").GetString()!, ticket.GetProperty("description").GetString()!)),
    ];
}
