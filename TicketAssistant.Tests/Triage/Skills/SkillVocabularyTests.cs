using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Skills;

public sealed class SkillVocabularyTests
{
    [Fact]
    public void A_free_name_is_found_in_the_spelling_most_moderators_use()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "ReactJS"), Staff.Moderator(2, "React"), Staff.Moderator(3, "React")]);

        Assert.True(vocabulary.TryFind("react.js", out var spelling));
        Assert.Equal("React", spelling);
        Assert.Equal(["React"], vocabulary.Spellings);
    }

    [Fact]
    public void Skills_of_users_and_admins_do_not_count()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Person(1, Role.User, ["Java"]), Staff.Person(2, Role.Admin, ["Go"])]);

        Assert.Empty(vocabulary.Spellings);
        Assert.False(vocabulary.TryFind("Java", out _));
    }

    [Theory]
    [InlineData("Java")]
    [InlineData("Script")]
    [InlineData("JavaScript developer")]
    [InlineData(".*")]
    [InlineData("")]
    public void Part_of_a_name_or_a_pattern_finds_nothing(string name)
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "JavaScript", "")]);

        Assert.False(vocabulary.TryFind(name, out _));
    }

    [Fact]
    public void Grades_are_no_part_of_a_name()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "React:2"), Staff.Moderator(2, "React:5"), Staff.Moderator(3, "Java")]);

        Assert.Equal(["Java", "React"], vocabulary.Spellings);
        Assert.True(vocabulary.TryFind("react.js", out var spelling));
        Assert.Equal("React", spelling);
    }

    [Fact]
    public void A_pattern_covers_what_it_fits_and_is_no_name_itself()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "/^terra/")]);

        Assert.Empty(vocabulary.Spellings);
        Assert.True(vocabulary.TryFind("Terraform", out var spelling));
        Assert.Equal("terraform", spelling);
        Assert.False(vocabulary.TryFind("Kafka", out _));
        Assert.False(vocabulary.TryFind("general support", out _));
    }

    [Fact]
    public void Of_spellings_that_are_equally_common_the_first_by_letter_is_shown_in_alphabetical_order()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "zig", "k8s"), Staff.Moderator(2, "Kubernetes"), Staff.Moderator(3, "Ada", "", "ada")]);

        Assert.Equal(["Ada", "Kubernetes", "zig"], vocabulary.Spellings);
    }

    [Fact]
    public void No_pattern_takes_what_nobody_named()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "/.*/")]);

        Assert.True(vocabulary.TryFind("anything", out _));
        Assert.False(vocabulary.TryFind("", out _));
        Assert.False(vocabulary.TryFind("general support", out _));
    }

    [Fact]
    public void A_pattern_answers_the_same_again()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "/^terra/", "Kafka")]);

        for (var i = 0; i < 2; i++)
        {
            Assert.True(vocabulary.TryFind("Terraform", out _));
            Assert.False(vocabulary.TryFind("Ansible", out _));
            Assert.False(vocabulary.TryFind("", out _));
        }

        Assert.True(vocabulary.TryFind("apache kafka", out var spelling));
        Assert.Equal("Kafka", spelling);
    }
}
