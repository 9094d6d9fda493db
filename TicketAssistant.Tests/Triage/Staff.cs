using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Tests.Triage;

/// <summary>Makes people with skills; their ids ascend in the order of their numbers.</summary>
internal static class Staff
{
    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static User Moderator(int number, params string[] skills) => Person(number, Role.Moderator, skills);

    public static User Admin(int number) => Person(number, Role.Admin, []);

    public static User Person(int number, Role role, string[] skills) => new()
    {
        Id = Id(number),
        Email = $"p{number}@example.com",
        Name = $"P{number}",
        PasswordHash = "",
        Role = role,
        Skills = skills,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
