using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Tests.Triage.Offline;

/// <summary>A team with a bit of everything, look-alikes included.</summary>
internal static class Team
{
    public static SkillVocabulary Vocabulary { get; } = SkillVocabulary.Build([
        Staff.Moderator(1, "React.js", "CSS", "JavaScript"),
        Staff.Moderator(2, "Java", "Spring Boot"),
        Staff.Moderator(3, "C", "C++", "C#", ".NET", "F#"),
        Staff.Moderator(4, "Go", "Rust", "R", "Swift", "iOS"),
        Staff.Moderator(5, "K8s", "Docker", "nginx", "Linux"),
        Staff.Moderator(6, "billing", "invoices", "refunds"),
        Staff.Moderator(7, "printers", "Windows", "hardware"),
        Staff.Moderator(8, "Outlook", "Excel", "MS Teams"),
        Staff.Moderator(9, "User accounts", "password resets", "MFA"),
        Staff.Moderator(10, "security", "phishing", "GDPR"),
        Staff.Moderator(11, "PostgreSQL", "Oracle", "Apache Spark"),
        Staff.Moderator(12, "Jenkins", "CI/CD", "Node.js", "Express"),
        Staff.Moderator(13, "networking", "VPN", "Wi-Fi"),
        Staff.Moderator(14, "Zephyrine")]);
}
