namespace TicketAssistant.Tests.Triage.Model;

/// <summary>What the moderators of these tests can do.</summary>
internal static class Skills
{
    public static readonly IReadOnlyList<string> Names = ["PostgreSQL", "C++", "Kubernetes"];

    public static string? Canonical(string name) =>
        name.Equals("k8s", StringComparison.OrdinalIgnoreCase)
            ? "Kubernetes"
            : Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
}
