using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// The one look of all mails, as plain text and as HTML. HTML for mail clients: tables, inline styles, nothing remote, and a
/// style block only for what a client may leave out (dark mode). Every text that comes in is cleaned and encoded here, so
/// that no kind of mail can forget to.
/// </summary>
internal static class MailLayout
{
    private const int MaxTitle = 200;
    private const int MaxFact = 300;
    private const int MaxSection = 4000;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The text/plain part. Texts of others are indented, so that they can't pass for lines of ours.</summary>
    public static string Text(MailContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Event).Append(": ").Append(MailText.Line(content.Title, MaxTitle)).Append("\n\n");
        foreach (var (label, value) in content.Facts)
            text.Append(label).Append(": ").Append(MailText.Line(value, MaxFact)).Append('\n');
        foreach (var (heading, body) in content.Sections)
            text.Append('\n').Append(heading).Append("\n  ").Append(MailText.Block(body, MaxSection).Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
        text.Append('\n').Append(content.ActionLabel).Append(":\n").Append(content.ActionLink.AbsoluteUri).Append('\n');
        text.Append("\n-- \n").Append(content.Footer).Append('\n');
        return text.ToString();
    }

    /// <summary>The text/html part.</summary>
    public static string Html(MailContent content)
    {
        var title = Encoder.Encode(MailText.Line(content.Title, MaxTitle));
        var link = Encoder.Encode(content.ActionLink.AbsoluteUri);
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{{title}}</title>
            <style>
            :root { color-scheme: light dark; }
            @media (prefers-color-scheme: dark) {
              .page { background-color: #14181d !important; }
              .card { background-color: #1d232a !important; border-color: #343d47 !important; }
              .ink { color: #e8ebee !important; }
              .soft { color: #a9b4bf !important; }
              .rule { border-color: #343d47 !important; }
              .link { color: #8ab8f0 !important; }
            }
            </style>
            </head>
            <body class="page" style="margin:0;padding:0;background-color:#f3f5f7;">
            <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f5f7;">
            <tr><td align="center" style="padding:24px 12px;">
            <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;border:1px solid #dde2e7;border-radius:8px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;text-align:left;">
            <tr><td style="padding:24px 24px 16px 24px;">
            <p class="soft" style="margin:0 0 6px 0;font-size:14px;line-height:20px;color:#56616c;">{{Encoder.Encode(content.Event)}}</p>
            <h1 class="ink" dir="auto" style="margin:0;font-size:20px;line-height:28px;font-weight:600;color:#1b2229;overflow-wrap:anywhere;word-break:break-word;">{{title}}</h1>
            </td></tr>
            <tr><td style="padding:0 24px 8px 24px;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="font-size:15px;line-height:22px;">
            {{string.Concat(content.Facts.Select(fact => Fact(fact.Label, fact.Value)))}}</table>
            </td></tr>
            {{string.Concat(content.Sections.Select(section => Section(section.Heading, section.Text)))}}<tr><td style="padding:16px 24px 8px 24px;">
            <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="background-color:#1f5fae;border-radius:6px;">
            <a href="{{link}}" style="display:inline-block;padding:12px 20px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;">{{Encoder.Encode(content.ActionLabel)}}</a>
            </td></tr></table>
            </td></tr>
            <tr><td style="padding:0 24px 20px 24px;">
            <p class="soft" style="margin:0;font-size:13px;line-height:20px;color:#56616c;overflow-wrap:anywhere;word-break:break-word;"><a class="link" href="{{link}}" style="color:#1f5fae;">{{link}}</a></p>
            </td></tr>
            <tr><td class="rule" style="padding:16px 24px 20px 24px;border-top:1px solid #dde2e7;">
            <p class="soft" style="margin:0;font-size:13px;line-height:20px;color:#56616c;">{{Encoder.Encode(content.Footer)}}</p>
            </td></tr>
            </table>
            </td></tr>
            </table>
            </body>
            </html>

            """;
    }

    private static string Fact(string label, string value) => $"""
        <tr>
        <td class="soft" width="84" valign="top" style="padding:2px 12px 2px 0;color:#56616c;">{Encoder.Encode(label)}</td>
        <td class="ink" dir="auto" valign="top" style="padding:2px 0;color:#1b2229;overflow-wrap:anywhere;word-break:break-word;">{Encoder.Encode(MailText.Line(value, MaxFact))}</td>
        </tr>

        """;

    private static string Section(string heading, string text) => $"""
        <tr><td style="padding:12px 24px 4px 24px;">
        <h2 class="soft" style="margin:0 0 4px 0;font-size:14px;line-height:20px;font-weight:600;color:#56616c;">{Encoder.Encode(heading)}</h2>
        <p class="ink" dir="auto" style="margin:0;font-size:16px;line-height:24px;color:#1b2229;overflow-wrap:anywhere;word-break:break-word;">{Lines(MailText.Block(text, MaxSection))}</p>
        </td></tr>

        """;

    private static string Lines(string text) => string.Join("<br>\n", text.Split('\n').Select(Encoder.Encode));
}
