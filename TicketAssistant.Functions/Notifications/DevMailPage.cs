using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Notifications;

/// <summary>The pages of <c>/dev/mail</c>: what a developer's mails look like. No script; every text is encoded.</summary>
internal static class DevMailPage
{
    /// <summary>
    /// The Content-Security-Policy of both pages. The mail's own HTML sits in a sandboxed <c>srcdoc</c> frame, which inherits
    /// this policy and needs inline styles as every mail does; scripts, images, forms and requests have no source at all.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Where the list is; a mail is at <c>{Path}/{id}</c>.</summary>
    public const string Path = "/dev/mail";

    private const string Style = """
        main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
        h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
        a { color: var(--link); }
        a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
        dt { color: var(--soft); font-size: .9rem; }
        .list { list-style: none; margin: 1rem 0 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        .list li + li { border-top: 1px solid var(--line); }
        .list a { display: block; padding: .75rem 1rem; text-decoration: none; color: inherit; }
        .list a:hover .subject { text-decoration: underline; }
        .list span { display: block; }
        .subject { font-weight: 600; }
        dl { margin: 0; }
        dl div { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
        dt { flex: 0 0 4rem; }
        dd { margin: 0; flex: 1 1 14rem; min-width: 0; }
        details { margin-top: 1.75rem; }
        details dl { margin-top: .5rem; }
        details dt { flex-basis: 100%; }
        details div { margin-bottom: .4rem; }
        summary { cursor: pointer; font-weight: 600; }
        .text, iframe { width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        .text { padding: 1rem; white-space: pre-wrap; font: .9rem/1.5 ui-monospace, Consolas, 'DejaVu Sans Mono', monospace; }
        iframe { display: block; height: 44rem; }
        """;

    private static readonly HtmlEncoder Encoder = PlainPage.Encoder;

    /// <summary>The list.</summary>
    public static string List(IReadOnlyList<MailFolderEntry> entries)
    {
        var body = new StringBuilder("<h1>Mailbox</h1>\n");
        if (entries.Count == 0)
        {
            body.Append("<p class=\"soft\">No mail yet. Post a ticket, and its assignee's mail appears here.</p>\n");
            return Page("Mailbox", body.ToString());
        }

        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{(entries.Count < MailFolder.MaxListed ? "All mails" : $"The latest {MailFolder.MaxListed} mails")}, newest first. Nothing here left this machine.</p>\n<ol class=\"list\">\n");
        foreach (var entry in entries)
        {
            body.Append(CultureInfo.InvariantCulture, $"""
                <li><a href="{Path}/{Uri.EscapeDataString(entry.Id)}">
                <span class="subject" dir="auto">{Encoder.Encode(OrNone(entry.Subject))}</span>
                <span class="soft"><bdi>{Encoder.Encode(entry.To)}</bdi> · {Time(entry.WrittenAt)}</span>
                </a></li>

                """);
        }

        return Page("Mailbox", body.Append("</ol>\n").ToString());
    }

    /// <summary>
    /// One mail. Links inside the frame lead nowhere, so lines of the text part that are an address within the app become
    /// links of the page.
    /// </summary>
    public static string Message(MailFolderMessage message, Uri appUrl)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Path}\">Mailbox</a></p>\n<h1 dir=\"auto\">{Encoder.Encode(OrNone(message.Subject))}</h1>\n");
        body.Append(Headers(message.Headers.Where(IsMain)));
        if (message.Text is not null)
            body.Append(CultureInfo.InvariantCulture, $"<h2>Text</h2>\n<div class=\"text\" dir=\"auto\">{TextLines(message.Text, appUrl)}</div>\n");
        if (message.Html is not null)
            body.Append(CultureInfo.InvariantCulture, $"<h2>HTML</h2>\n<iframe title=\"The mail as HTML\" sandbox=\"\" srcdoc=\"{Encoder.Encode(message.Html)}\"></iframe>\n");
        body.Append("<details><summary>All headers</summary>\n").Append(Headers(message.Headers)).Append("</details>\n");
        return Page(OrNone(message.Subject), body.ToString());
    }

    private static bool IsMain((string Name, string Value) header) =>
        header.Name.ToUpperInvariant() is "FROM" or "TO" or "DATE";

    private static string Headers(IEnumerable<(string Name, string Value)> headers) =>
        $"<dl>\n{string.Concat(headers.Select(h => $"<div><dt>{Encoder.Encode(h.Name)}</dt><dd dir=\"auto\">{Encoder.Encode(h.Value)}</dd></div>\n"))}</dl>\n";

    private static string TextLines(string text, Uri appUrl)
    {
        var prefix = appUrl.AbsoluteUri.TrimEnd('/') + "/";
        return string.Join('\n', text.TrimEnd().ReplaceLineEndings("\n").Split('\n').Select(line => TextLine(line, prefix)));
    }

    private static string TextLine(string line, string appUrl)
    {
        var encoded = Encoder.Encode(line);
        return line.StartsWith(appUrl, StringComparison.Ordinal) ? $"<a href=\"{encoded}\">{encoded}</a>" : encoded;
    }

    private static string OrNone(string subject) => subject.Length > 0 ? subject : "(no subject)";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Page(string title, string body) => PlainPage.Write(title, Style, body.TrimEnd());
}
