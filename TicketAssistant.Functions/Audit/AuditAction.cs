using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Audit;

/// <summary>What was done. Names are kept in the store: none is ever changed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditAction>))]
public enum AuditAction
{
    /// <summary>A person's role was changed.</summary>
    [JsonStringEnumMemberName("role_changed")] RoleChanged,

    /// <summary>A person's skills were changed.</summary>
    [JsonStringEnumMemberName("skills_changed")] SkillsChanged,

    /// <summary>A person's capacity or absence was changed by an admin.</summary>
    [JsonStringEnumMemberName("availability_changed")] AvailabilityChanged,

    /// <summary>An account was closed.</summary>
    [JsonStringEnumMemberName("account_closed")] AccountClosed,

    /// <summary>A closed account was opened again.</summary>
    [JsonStringEnumMemberName("account_reopened")] AccountReopened,

    /// <summary>All that is known of a person was read.</summary>
    [JsonStringEnumMemberName("person_exported")] PersonExported,

    /// <summary>A person's data were to be erased.</summary>
    [JsonStringEnumMemberName("person_erased")] PersonErased,

    /// <summary>A mail was to be tried again.</summary>
    [JsonStringEnumMemberName("mail_retried")] MailRetried,

    /// <summary>All that was analysed offline was to be triaged again.</summary>
    [JsonStringEnumMemberName("fallbacks_retried")] FallbacksRetried,

    /// <summary>One ticket was to be triaged again.</summary>
    [JsonStringEnumMemberName("ticket_retriaged")] TicketRetriaged,

    /// <summary>Somebody changed their password.</summary>
    [JsonStringEnumMemberName("password_changed")] PasswordChanged,

    /// <summary>A mail with a link to set a new password was asked for.</summary>
    [JsonStringEnumMemberName("password_reset_requested")] PasswordResetRequested,

    /// <summary>A new password was set by such a link.</summary>
    [JsonStringEnumMemberName("password_reset")] PasswordReset,

    /// <summary>So many log-ins to an account failed that further ones have to wait.</summary>
    [JsonStringEnumMemberName("logins_slowed")] LoginsSlowed,
}
