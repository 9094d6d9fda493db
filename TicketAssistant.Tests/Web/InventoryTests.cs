using System.Text;
using System.Text.RegularExpressions;
using TicketAssistant.Functions.Web;
using Xunit;

namespace TicketAssistant.Tests.Web;

/// <summary>Everything that can be pressed or chosen in the web app, and the test that does so and reads the effect back.</summary>
public sealed partial class InventoryTests
{
    /// <summary>By file: a piece of the code that makes it, and where it is tested.</summary>
    private static readonly Dictionary<string, (string Code, string Test)[]> Controls = new()
    {
        ["accounts/account.js"] =
        [
            ("t('save')", nameof(SessionTests.The_account_page_changes_name_looks_language_and_password)),
            ("segments('appearance'", nameof(SessionTests.The_account_page_changes_name_looks_language_and_password)),
            ("segments('language'", nameof(SessionTests.The_account_page_changes_name_looks_language_and_password)),
            ("t('account.password.verb')", nameof(SessionTests.The_account_page_changes_name_looks_language_and_password)),
        ],
        ["accounts/away.js"] =
        [
            ("data: { focus }", nameof(StaffTests.The_away_switch_counts_at_once)),
            ("focus: 'own-away'", nameof(PeopleTests.Who_is_away_says_until_when)),
        ],
        ["accounts/mails.js"] =
        [
            ("t('confirm.again')", nameof(PeopleTests.Who_has_not_confirmed_their_address_is_told_and_may_ask_again)),
            ("segments('mails'", nameof(PeopleTests.Mails_are_chosen)),
        ],
        ["accounts/renew.js"] = [("t('renew.leave')", nameof(ControlsTests.Who_does_not_sign_in_again_leaves_and_is_signed_out))],
        ["accounts/reset-password.js"] =
        [
            ("t('reset.ask.verb')", nameof(ForgottenPasswordTests.Somebody_who_forgot_the_password_sets_a_new_one_by_the_link_in_the_mail)),
            ("t('reset.verb')", nameof(ForgottenPasswordTests.Somebody_who_forgot_the_password_sets_a_new_one_by_the_link_in_the_mail)),
        ],
        ["accounts/sign-in.js"] = [("t('sign-in.verb')", nameof(SessionTests.A_wrong_password_is_said_once_and_a_right_one_opens))],
        ["accounts/sign-up.js"] = [("t('sign-up.verb')", nameof(SessionTests.Somebody_signs_up_and_is_where_they_wanted))],
        ["audit/audit.js"] =
        [
            ("const action = h('select'", nameof(AuditTests.What_an_admin_did_is_listed_with_whom_it_concerned_and_who_did_it)),
            ("t('filter.clear')", nameof(AuditTests.Days_are_those_of_whoever_looks_and_all_filters_are_cleared_at_once)),
        ],
        ["core/shortcuts.js"] = [("role: 'switch'", nameof(StaffTests.Shortcuts_are_listed_and_can_be_switched_off))],
        ["parts/dialog.js"] =
        [
            ("t('close')", nameof(ControlsTests.Dialogs_messages_and_menus_close_and_give_the_focus_back)),
            ("t('cancel')", nameof(PeopleTests.An_account_is_closed_after_a_question_and_opened_again)),
            ("close(true) }, verb", nameof(PeopleTests.An_account_is_closed_after_a_question_and_opened_again)),
        ],
        ["parts/form.js"] =
        [
            ("t('password.show')", nameof(ControlsTests.Dialogs_messages_and_menus_close_and_give_the_focus_back)),
            ("type: 'submit'", nameof(RequesterTests.What_is_missing_is_said_at_its_field_and_nothing_is_sent)),
        ],
        ["parts/paged.js"] = [("t('list.more')", nameof(PeopleTests.Many_people_are_shown_page_by_page))],
        ["parts/shell.js"] =
        [
            ("class: 'me'", nameof(ControlsTests.Dialogs_messages_and_menus_close_and_give_the_focus_back)),
            ("onclick: showShortcuts", nameof(ControlsTests.Dialogs_messages_and_menus_close_and_give_the_focus_back)),
            ("onclick: signOut", nameof(SessionTests.A_new_tab_takes_over_the_session_and_signing_out_ends_it_everywhere)),
            ("chooseLanguage(code)", nameof(PagesTests.The_language_is_the_browsers_until_somebody_chooses_another)),
        ],
        ["parts/states.js"] = [("t('failed.retry')", nameof(RequesterTests.While_the_server_is_away_a_banner_says_so_and_goes_by_itself))],
        ["parts/tags.js"] = [("t('tags.remove'", nameof(SupervisedTests.A_proposal_is_corrected_in_every_part))],
        ["parts/toast.js"] = [("t('close')", nameof(ControlsTests.Dialogs_messages_and_menus_close_and_give_the_focus_back))],
        ["people/choose.js"] =
        [
            ("close({ person: null })", nameof(BulkTests.Some_are_given_to_somebody_and_back)),
            ("class: 'candidate'", nameof(BulkTests.Some_are_given_to_somebody_and_back)),
        ],
        ["people/data.js"] =
        [
            ("t('data.export')", nameof(AdminTests.What_is_kept_about_somebody_is_saved_as_a_file)),
            ("t('data.erase')", nameof(AdminTests.Somebody_is_erased_only_when_closed_and_only_by_entering_their_address)),
            ("t('cancel')", nameof(AdminTests.Somebody_is_erased_only_when_closed_and_only_by_entering_their_address)),
        ],
        ["people/people.js"] =
        [
            ("t('people.edit'", nameof(StaffTests.An_admin_finds_somebody_and_says_what_they_may_and_can)),
            ("segments('role'", nameof(StaffTests.People_are_filtered_by_role_and_a_bad_capacity_is_said_at_its_field)),
        ],
        ["people/person.js"] =
        [
            ("role: 'switch'", nameof(StaffTests.An_admin_finds_somebody_and_says_what_they_may_and_can)),
            ("t('save')", nameof(StaffTests.An_admin_finds_somebody_and_says_what_they_may_and_can)),
            ("t('cancel')", nameof(StaffTests.The_last_admin_stays_one_and_the_dialog_says_why)),
            ("segments('role'", nameof(StaffTests.An_admin_finds_somebody_and_says_what_they_may_and_can)),
            ("'grade-choice'", nameof(PeopleTests.Skills_are_graded)),
            ("const eraseButton", nameof(AdminTests.Somebody_is_erased_only_when_closed_and_only_by_entering_their_address)),
            ("'button danger' : 'button'", nameof(PeopleTests.An_account_is_closed_after_a_question_and_opened_again)),
        ],
        ["statistics/statistics.js"] = [("segments('days'", nameof(StatisticsTests.The_period_is_in_the_address_and_is_chosen_by_keys))],
        ["system/mails.js"] =
        [
            ("segments('mail-state'", nameof(PeopleTests.The_system_page_says_how_the_app_is_and_lists_mails_by_what_became_of_them)),
            ("t('mail.retry')", nameof(PeopleTests.A_failed_mail_is_sent_again)),
        ],
        ["tickets/bulk.js"] =
        [
            ("t('field.status')", nameof(BulkTests.All_that_are_shown_get_a_status_and_another_priority)),
            ("t('field.priority')", nameof(BulkTests.All_that_are_shown_get_a_status_and_another_priority)),
            ("onclick: assign", nameof(BulkTests.Some_are_given_to_somebody_and_back)),
            ("t('bulk.none')", nameof(BulkTests.Selecting_none_and_thinking_again_change_nothing_and_moderators_cannot_select)),
            ("t('bulk.stop')", nameof(BulkTests.Progress_is_shown_a_busy_server_is_waited_for_and_stopping_leaves_the_rest_selected)),
            ("t('bulk.again')", nameof(BulkTests.What_somebody_else_has_changed_is_left_alone_said_and_can_be_tried_again)),
            ("t('close')", nameof(BulkTests.What_somebody_else_has_changed_is_left_alone_said_and_can_be_tried_again)),
            ("const choice", nameof(BulkTests.All_that_are_shown_get_a_status_and_another_priority)),
        ],
        ["tickets/confirm.js"] =
        [
            ("send(changed())", nameof(SupervisedTests.The_requester_watches_each_step_and_a_moderator_confirms_the_proposal)),
        ],
        ["tickets/export.js"] = [("t('list.export')", nameof(StaffTests.All_tickets_are_ordered_and_saved_as_a_file))],
        ["tickets/facts.js"] =
        [
            ("picker('status'", nameof(TicketWorkTests.Status_and_priority_change_in_one_click)),
            ("picker('priority'", nameof(TicketWorkTests.Status_and_priority_change_in_one_click)),
            ("t('field.type'), data", nameof(TicketWorkTests.Type_and_skills_are_corrected)),
            ("t('ticket.skills.edit')", nameof(TicketWorkTests.Type_and_skills_are_corrected)),
            ("t('ticket.take')", nameof(TicketWorkTests.A_ticket_is_given_to_somebody_else_given_back_and_taken)),
            ("t('ticket.reassign')", nameof(TicketWorkTests.A_ticket_is_given_to_somebody_else_given_back_and_taken)),
            ("t('ticket.solve')", nameof(TicketWorkTests.The_requester_closes_and_reopens_a_ticket_and_can_change_nothing_else)),
            ("t('ticket.reopen')", nameof(TicketWorkTests.The_requester_closes_and_reopens_a_ticket_and_can_change_nothing_else)),
        ],
        ["tickets/fresh.js"] = [("t('list.new'", nameof(LiveTests.A_list_changes_in_place_and_offers_what_is_new))],
        ["tickets/list.js"] =
        [
            ("h('select'", nameof(ControlsTests.Each_filter_narrows_the_list_and_is_in_the_address)),
            ("t('filter.clear')", nameof(RequesterTests.The_list_is_filtered_searched_and_paged_and_its_address_says_so)),
        ],
        ["tickets/new.js"] = [("t('new.verb')", nameof(RequesterTests.A_draft_outlives_a_reload_and_goes_when_it_is_sent))],
        ["tickets/picker.js"] = [("h('button'", nameof(TicketWorkTests.Status_and_priority_change_in_one_click))],
        ["tickets/reassign.js"] =
        [
            ("t('reassign.back')", nameof(TicketWorkTests.A_ticket_is_given_to_somebody_else_given_back_and_taken)),
            ("class: 'candidate'", nameof(TicketWorkTests.A_ticket_is_given_to_somebody_else_given_back_and_taken)),
            ("t('save')", nameof(TicketWorkTests.Type_and_skills_are_corrected)),
        ],
        ["tickets/reply.js"] =
        [
            ("class: 'tab'", nameof(TicketWorkTests.A_half_written_note_outlives_a_reload_as_a_note)),
            ("icon('send'), verb", nameof(JourneyTests.A_moderator_works_a_ticket_from_the_queue_to_its_end)),
        ],
        ["tickets/rows.js"] = [("t('list.more')", nameof(RequesterTests.The_list_is_filtered_searched_and_paged_and_its_address_says_so))],
        ["tickets/triage.js"] =
        [
            ("const thumb", nameof(TicketWorkTests.Staff_says_whether_the_analysis_helped_and_why)),
            ("t('feedback.verb')", nameof(TicketWorkTests.Staff_says_whether_the_analysis_helped_and_why)),
        ],
        ["triage/correct.js"] =
        [
            ("t('triage.correct.send')", nameof(TriageTests.A_proposal_is_corrected_and_given_to_somebody)),
            ("t('cancel')", nameof(TriageTests.A_proposal_is_corrected_and_given_to_somebody)),
        ],
        ["triage/corrections.js"] =
        [
            ("const type = h('select'", nameof(SupervisedTests.A_proposal_is_corrected_in_every_part)),
            ("const assignee = h('select'", nameof(SupervisedTests.A_proposal_is_corrected_in_every_part)),
            ("segments('priority'", nameof(SupervisedTests.A_proposal_is_corrected_in_every_part)),
        ],
        ["triage/retry.js"] = [("t('triage.retry')", nameof(TriageTests.What_was_analysed_offline_is_analysed_again_by_one_button_for_admins))],
        ["triage/triage.js"] =
        [
            ("t('triage.confirm.verb')", nameof(TriageTests.A_proposal_is_confirmed_from_the_list)),
            ("t('triage.correct.verb')", nameof(TriageTests.A_proposal_is_corrected_and_given_to_somebody)),
            ("t('ticket.take')", nameof(TriageTests.What_waits_for_somebody_says_why_and_is_taken_in_one_click)),
        ],
    };

    [Fact]
    public void Everything_that_can_be_pressed_has_its_test()
    {
        var files = new WebFiles();
        var modules = typeof(WebFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("web/app/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .Select(name => name["web/app/".Length..]);
        var tests = typeof(InventoryTests).Assembly.GetTypes().Where(type => type.Namespace == typeof(InventoryTests).Namespace)
            .SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).Select(method => method.Name).ToHashSet();
        var problems = new List<string>();
        foreach (var module in modules)
        {
            var code = Encoding.UTF8.GetString(files.Find($"app/{module}")!.Value.File.Content);
            var listed = Controls.GetValueOrDefault(module, []);
            var made = Control().Count(code);
            if (made != listed.Length) problems.Add($"{module} makes {made} controls, {listed.Length} are listed.");
            problems.AddRange(listed.Where(control => !code.Contains(control.Code, StringComparison.Ordinal)).Select(control => $"{module} has no {control.Code}."));
            problems.AddRange(listed.Where(control => !tests.Contains(control.Test)).Select(control => $"{control.Test} is no test."));
        }

        Assert.Empty(problems);
    }

    [GeneratedRegex(@"h\('button'|\bverb: |role: 'switch'|h\('select'|\bsegments\('|\bpicker\('")]
    private static partial Regex Control();
}
