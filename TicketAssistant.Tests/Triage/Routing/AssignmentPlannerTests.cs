using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Triage.Routing;
using Xunit;

namespace TicketAssistant.Tests.Triage.Routing;

public sealed class AssignmentPlannerTests
{
    [Fact]
    public void Who_covers_more_comes_first()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React"), Staff.Moderator(2, "React", "CSS"), Staff.Moderator(3, "SAP")]);

        var tiers = AssignmentPlanner.ForModerators(["React", "CSS"], index);

        Assert.Equal([[Staff.Id(2)], [Staff.Id(1)]], tiers.Select(tier => tier.Candidates.Select(c => c.UserId)));
    }

    [Fact]
    public void An_earlier_skill_weighs_more_than_a_later_one()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "CSS"), Staff.Moderator(2, "React")]);

        var tiers = AssignmentPlanner.ForModerators(["React", "CSS"], index);

        Assert.Equal([Staff.Id(2), Staff.Id(1)], tiers.Select(tier => Assert.Single(tier.Candidates).UserId));
    }

    [Fact]
    public void The_first_skill_weighs_more_than_the_two_after_it_together()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "B", "C"), Staff.Moderator(2, "A")]);

        var tiers = AssignmentPlanner.ForModerators(["A", "B", "C"], index);

        Assert.Equal(Staff.Id(2), Assert.Single(tiers[0].Candidates).UserId);
    }

    [Fact]
    public void Equally_good_people_share_a_tier_each_with_their_own_spelling()
    {
        var index = SkillIndex.Build([Staff.Moderator(2, "K8s"), Staff.Moderator(1, "Kubernetes")]);

        var tier = Assert.Single(AssignmentPlanner.ForModerators(["kubernetes"], index));

        Assert.Equal([Staff.Id(1), Staff.Id(2)], tier.Candidates.Select(c => c.UserId));
        Assert.Equal([["Kubernetes"], ["K8s"]], tier.Candidates.Select(c => c.Assignment.MatchedSkills));
    }

    [Fact]
    public void The_reason_can_be_checked()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React.js", "css"), Staff.Moderator(2, "React"), Staff.Moderator(3, "TypeScript"), Staff.Moderator(4, "SAP")]);

        var best = AssignmentPlanner.ForModerators(["React", "CSS", "TypeScript"], index)[0].Candidates[0].Assignment;

        Assert.Equal("Covers 2 of 3 required skills (React.js, css); 3 people fit at least one.", best.Reason);
        Assert.Equal(["React.js", "css"], best.MatchedSkills);
        Assert.Equal(3, best.Candidates);
    }

    [Theory]
    [InlineData("Java", "JavaScript")]
    [InlineData("C", "C++")]
    [InlineData("C", "CSS")]
    [InlineData(".*", "JavaScript")]
    public void A_skill_never_matches_by_part_of_its_name(string required, string skill)
    {
        var index = SkillIndex.Build([Staff.Moderator(1, skill)]);

        Assert.Empty(AssignmentPlanner.ForModerators([required], index));
    }

    [Fact]
    public void Without_required_skills_nobody_matches()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React")]);

        Assert.Empty(AssignmentPlanner.ForModerators([], index));
        Assert.Empty(AssignmentPlanner.ForModerators(["", "  "], index));
    }

    [Fact]
    public void General_support_is_nobodys_skill_even_where_a_moderator_lists_it()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "General Support"), Staff.Admin(9)]);

        Assert.Empty(AssignmentPlanner.ForModerators(["general support"], index));
        Assert.Equal("No particular skill is required, so an admin decides.", ReasonForAdmins(["general support"], index));
    }

    [Fact]
    public void A_skill_named_twice_counts_once()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "JS")]);

        var tier = Assert.Single(AssignmentPlanner.ForModerators(["JavaScript", "js"], index));

        Assert.StartsWith("Covers 1 of 1 required skill (JS);", tier.Candidates[0].Assignment.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_moderators_are_matched_by_skill()
    {
        var index = SkillIndex.Build([Staff.Person(1, Role.Admin, ["React"]), Staff.Person(2, Role.User, ["React"])]);

        Assert.Empty(AssignmentPlanner.ForModerators(["React"], index));
    }

    [Fact]
    public void People_who_are_away_or_full_are_left_to_the_store()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React") with { Away = true, Capacity = 1, OpenTickets = 5 }]);

        Assert.Single(AssignmentPlanner.ForModerators(["React"], index));
    }

    [Fact]
    public void All_admins_form_one_tier()
    {
        var index = SkillIndex.Build([Staff.Admin(8), Staff.Admin(7), Staff.Moderator(1, "React")]);

        var tier = Assert.Single(AssignmentPlanner.ForAdmins(["SAP"], index));

        Assert.Equal([Staff.Id(7), Staff.Id(8)], tier.Candidates.Select(c => c.UserId));
        Assert.All(tier.Candidates, c => Assert.Empty(c.Assignment.MatchedSkills));
    }

    [Fact]
    public void The_admins_reason_says_why_it_is_theirs()
    {
        var index = SkillIndex.Build([Staff.Admin(9), Staff.Moderator(1, "React"), Staff.Moderator(2, "CSS")]);

        Assert.Equal("No particular skill is required, so an admin decides.", ReasonForAdmins([], index));
        Assert.Equal("No particular skill is required, so an admin decides.", ReasonForAdmins(["", "  "], index));
        Assert.Equal("No moderator has SAP or COBOL, so an admin decides.", ReasonForAdmins(["SAP", "COBOL"], index));
        Assert.Equal("The only moderator with React was away or full beyond the limit for its priority, so an admin decides.", ReasonForAdmins(["React"], index));
        Assert.Equal("All 2 moderators with React or CSS were away or full beyond the limit for its priority, so an admin decides.", ReasonForAdmins(["React", "CSS"], index));
    }

    [Fact]
    public void Without_admins_there_is_no_admin_tier()
    {
        Assert.Empty(AssignmentPlanner.ForAdmins(["SAP"], SkillIndex.Build([Staff.Moderator(1, "React")])));
    }

    [Fact]
    public void Ten_thousand_equal_candidates_share_one_explanation()
    {
        var index = SkillIndex.Build([.. Enumerable.Range(1, 10_000).Select(i => Staff.Moderator(i, "Linux"))]);

        var tier = Assert.Single(AssignmentPlanner.ForModerators(["linux"], index));

        Assert.Equal(10_000, tier.Candidates.Count);
        Assert.Single(tier.Candidates.Select(c => c.Assignment).Distinct(ReferenceEqualityComparer.Instance));
    }

    private static string ReasonForAdmins(string[] required, SkillIndex index) =>
        AssignmentPlanner.ForAdmins(required, index)[0].Candidates[0].Assignment.Reason;

    [Fact]
    public void Of_two_with_the_same_skill_the_better_one_comes_first()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "Kubernetes:2"), Staff.Moderator(2, "K8s"), Staff.Moderator(3, "k8s:5")]);

        var tiers = AssignmentPlanner.ForModerators(["Kubernetes"], index);

        Assert.Equal([Staff.Id(3), Staff.Id(2), Staff.Id(1)], tiers.Select(tier => Assert.Single(tier.Candidates).UserId));
        Assert.Equal([["k8s"], ["K8s"], ["Kubernetes"]], tiers.Select(tier => tier.Candidates[0].Assignment.MatchedSkills));
    }

    [Fact]
    public void Covering_both_skills_well_goes_before_excelling_in_the_first()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React:5"), Staff.Moderator(2, "React", "CSS")]);

        Assert.Equal(Staff.Id(2), AssignmentPlanner.ForModerators(["React", "CSS"], index)[0].Candidates[0].UserId);
    }

    [Fact]
    public void Nobody_covers_more_than_all()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React:5"), Staff.Moderator(2, "React:1")]);

        Assert.Equal([1.0, 0.6], AssignmentPlanner.ForModerators(["React"], index).Select(tier => tier.Score));
    }

    [Fact]
    public void A_pattern_stands_for_every_skill_whose_names_it_fits()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "/^(ts|sap)/"), Staff.Moderator(2, "React")]);

        Assert.Equal(["SAP FI"], Assert.Single(AssignmentPlanner.ForModerators(["SAP FI"], index)).Candidates[0].Assignment.MatchedSkills);
        // By another name of the same skill.
        Assert.Equal(["TypeScript"], Assert.Single(AssignmentPlanner.ForModerators(["TypeScript"], index)).Candidates[0].Assignment.MatchedSkills);
        Assert.Empty(AssignmentPlanner.ForModerators(["Kafka"], index));
    }

    [Fact]
    public void A_name_goes_before_a_pattern_of_the_same_person()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "/react/:5", "ReactJS:2")]);

        var candidate = Assert.Single(Assert.Single(AssignmentPlanner.ForModerators(["React"], index)).Candidates);

        Assert.Equal(["ReactJS"], candidate.Assignment.MatchedSkills);
    }

    [Fact]
    public void A_pattern_in_what_a_ticket_asks_for_is_an_ordinary_name()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React")]);

        Assert.Empty(AssignmentPlanner.ForModerators(["/.*/"], index));
    }

    [Fact]
    public void A_tiers_score_is_its_share_of_what_is_asked_for()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React", "CSS"), Staff.Moderator(2, "React"), Staff.Moderator(3, "CSS")]);

        var scores = AssignmentPlanner.ForModerators(["React", "CSS"], index).Select(tier => Math.Round(tier.Score, 3));

        Assert.Equal([1, 0.667, 0.333], scores);
    }

    [Fact]
    public void No_tier_is_without_people()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React", "CSS")]);

        Assert.Single(Assert.Single(AssignmentPlanner.ForModerators(["React", "CSS"], index)).Candidates);
    }

    [Fact]
    public void One_who_fits_is_one_person()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "React")]);

        Assert.Equal("Covers 1 of 1 required skill (React); 1 person fits at least one.", AssignmentPlanner.ForModerators(["React"], index)[0].Candidates[0].Assignment.Reason);
    }

    [Fact]
    public void Of_many_skills_that_nobody_has_the_first_five_are_named()
    {
        var index = SkillIndex.Build([Staff.Admin(9)]);

        Assert.Equal("No moderator has A1, B2 or C3, so an admin decides.", ReasonForAdmins(["A1", "B2", "C3"], index));
        Assert.Equal("No moderator has A1, B2, C3, D4, E5 or 2 more, so an admin decides.", ReasonForAdmins(["A1", "B2", "C3", "D4", "E5", "F6", "G7"], index));
    }

    [Fact]
    public void A_skill_that_somebody_lists_twice_counts_once_as_it_is_written_first()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "JS:2", "JavaScript:5", "", "CSS")]);

        var tier = Assert.Single(AssignmentPlanner.ForModerators(["JavaScript"], index));

        Assert.Equal(0.8, tier.Score, 3);
        Assert.Equal(["JS"], Assert.Single(tier.Candidates).Assignment.MatchedSkills);
        Assert.Single(AssignmentPlanner.ForModerators(["CSS"], index));
    }

    [Fact]
    public void Of_a_persons_patterns_the_one_with_the_highest_grade_counts()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "/^sap/:1", "/fi$/:5", "/^sap f/:2"), Staff.Moderator(2, "/^sap/:4")]);

        var tiers = AssignmentPlanner.ForModerators(["SAP FI"], index);

        Assert.Equal([1.0], tiers.Select(tier => tier.Score).Distinct());
        Assert.Equal([Staff.Id(1), Staff.Id(2)], tiers.SelectMany(tier => tier.Candidates).Select(c => c.UserId));
    }

    [Fact]
    public void What_patterns_fit_is_looked_up_once()
    {
        var index = SkillIndex.Build([Staff.Moderator(1, "/^sap/")]);

        Assert.Same(index.Find("sap fi"), index.Find("sap fi"));
        Assert.Same(index.Find("kafka"), index.Find("kafka"));
    }

    [Fact]
    public void Among_equals_the_free_come_first_then_the_least_loaded_then_the_longest_idle_then_by_id()
    {
        var noon = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        User[] expected =
        [
            Staff.Moderator(9, "Go") with { OpenTickets = 1 },
            Staff.Moderator(8, "Go") with { OpenTickets = 1, LastAssignedAt = noon },
            Staff.Moderator(4, "Go") with { OpenTickets = 1, LastAssignedAt = noon.AddHours(1) },
            Staff.Moderator(5, "Go") with { OpenTickets = 1, LastAssignedAt = noon.AddHours(1) },
            Staff.Moderator(3, "Go") with { OpenTickets = 2, LastAssignedAt = noon.AddHours(-1) },
            Staff.Moderator(2, "Go") with { Away = true },
            Staff.Moderator(1, "Go") with { OpenTickets = 3, Capacity = 3 },
        ];
        var tier = Assert.Single(AssignmentPlanner.ForModerators(["Go"], SkillIndex.Build([.. expected, Staff.Moderator(7, "Go")])));

        // The seventh has been let go since.
        Assert.Equal(expected.Select(person => person.Id), tier.InOrder(expected.ToDictionary(person => person.Id)).Select(c => c.Person.Id));
    }
}
