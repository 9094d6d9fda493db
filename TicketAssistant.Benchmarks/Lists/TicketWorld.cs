using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Benchmarks.Lists;

/// <summary>
/// A made-up team's tickets of a hundred days: most of them done, words as frequent as in a language (the n-th one n times rarer
/// than the first), a tenth of all by one requester.
/// </summary>
internal sealed class TicketWorld(int tickets)
{
    private const int Vocabulary = 6_000;
    private const int Days = 100;

    private readonly Random _random = new(1);
    private readonly string[] _words = [.. Enumerable.Range(0, Vocabulary).Select(Word)];

    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public List<User> Moderators { get; } = [.. Enumerable.Range(0, 25).Select(i => Person($"m{i}@example.com", Role.Moderator))];

    public List<User> Requesters { get; } = [.. Enumerable.Range(0, 400).Select(i => Person($"u{i}@example.com", Role.User))];

    /// <summary>The n-th most frequent word.</summary>
    public string WordAt(int n) => _words[n];

    public IEnumerable<Ticket> Tickets()
    {
        for (var i = 0; i < tickets; i++)
        {
            var at = Now.AddDays(-Days + (double)Days * i / tickets);
            var requester = Requesters[_random.Next(10) == 0 ? 0 : _random.Next(Requesters.Count)];
            yield return new Ticket
            {
                Id = Guid.CreateVersion7(at),
                Title = Text(4, 10),
                Description = Text(40, 140),
                Summary = Text(8, 20),
                HelpfulNotes = Text(20, 40),
                Status = _random.Next(20) switch { 0 => TicketStatus.Todo, 1 => TicketStatus.InProgress, 2 => TicketStatus.Waiting, _ => TicketStatus.Done },
                Priority = (TicketPriority)Math.Min(3, _random.Next(8) / 2),
                Type = (TicketType)_random.Next(8),
                Triage = new TicketTriage
                {
                    State = _random.Next(20) switch { 0 => TriageState.Fallback, 1 => TriageState.AwaitingConfirmation, _ => TriageState.Succeeded },
                    Source = _random.Next(2) == 0 ? TriageSource.Gemini : TriageSource.Offline,
                    Reason = Text(8, 12),
                },
                RelatedSkills = [_words[_random.Next(100)]],
                CreatedBy = new PersonRef(requester.Id, requester.Email, requester.Name),
                CreatedAt = at,
                UpdatedAt = at.AddHours(_random.Next(48)),
            };
        }
    }

    /// <summary>The tier of one moderator, drawn at random.</summary>
    public AssignmentTier AnyModerator() =>
        new([new AssignmentCandidate(Moderators[_random.Next(Moderators.Count)].Id, new TicketAssignment("drawn", [], 1))]);

    public string Text(int least, int most)
    {
        var words = new string[_random.Next(least, most)];
        for (var i = 0; i < words.Length; i++) words[i] = _words[(int)Math.Exp(_random.NextDouble() * Math.Log(Vocabulary)) - 1];
        return string.Join(' ', words);
    }

    private static User Person(string email, Role role) => new()
    {
        Id = Guid.CreateVersion7(),
        Email = email,
        Name = email.Split('@')[0],
        PasswordHash = "",
        Role = role,
        CreatedAt = Now.AddDays(-Days),
    };

    // Like "tamoli": letters of every beginning, so that prefixes are as selective as real ones.
    private static string Word(int n)
    {
        const string Consonants = "tsrnlmdpkbgfvhwz", Vowels = "aeiou";
        var word = "";
        for (n += 7; n > 0; n /= 80) word += $"{Consonants[n % 16]}{Vowels[n / 16 % 5]}";
        return word;
    }
}
