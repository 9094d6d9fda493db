namespace TicketAssistant.Functions.Notifications;

/// <summary>What a mail says, as raw text: <see cref="MailLayout"/> cleans, bounds and encodes all of it.</summary>
internal sealed record MailContent
{
    /// <summary>What happened, in a few words of ours.</summary>
    public required string Event { get; init; }

    /// <summary>What it happened to.</summary>
    public required string Title { get; init; }

    /// <summary>Short values, each with its label.</summary>
    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    /// <summary>Longer texts, each with its heading.</summary>
    public required IReadOnlyList<(string Heading, string Text)> Sections { get; init; }

    /// <summary>What the one button says.</summary>
    public required string ActionLabel { get; init; }

    /// <summary>Where the button leads.</summary>
    public required Uri ActionLink { get; init; }

    /// <summary>Why the reader gets this mail.</summary>
    public required string Footer { get; init; }
}
