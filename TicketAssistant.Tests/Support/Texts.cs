using FsCheck;
using FsCheck.Fluent;

namespace TicketAssistant.Tests.Support;

/// <summary>Texts for properties: what people send, what attackers send, and what breaks parsers.</summary>
internal static class Texts
{
    // More than random letters they exercise what means something to a header, a spreadsheet, a page, a pattern or a decoder.
    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\t", "\0", "\u0001", "\u007f", "\u0085", "\u2028", " ", "\u00a0", "\u3000", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ud83d", "\udd25", "🔥",
        "\r\nBcc: victim@example.com", "\r\n\r\n<script>alert(1)</script>", "=?utf-8?q?x?=", "Subject: x", "<img src=x onerror=alert(1)>", "</td>", "&amp;", "&#x0;", "javascript:",
        "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\"", "\"\"", "'", ",", ";", "|", "%00", "%0d%0a", "../", "\\", "/", "C++", "C#", ".NET", "node.js", "CI / CD", "k8s", "java:5", ":9",
        "/^(a+)+$/", "/[/", "(", ")", "*", "?", "{1000}", "ß", "ﬁ", "e\u0301", "İ", "ı", "ſ", "K", "\u0130", "日本語", "मशीन", "한국어", "Ａ", "0", "9223372036854775808", "null", "{", "}", "[", "]", ":", "~", " = ", " ~ ", "a", "Z",
    ];

    /// <summary>Any text, the empty one included; often hostile.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(
        Gen.Choose(0, 12).SelectMany(n => Gen.Elements(Fragments).ListOf(n)).Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Choose(0, 80).SelectMany(n => Gen.Choose(0, char.MaxValue).Select(c => (char)c).ArrayOf(n)).Select(letters => new string(letters)));

    /// <summary>Three values that have nothing to do with each other.</summary>
    public static Gen<(T1, T2, T3)> Zip<T1, T2, T3>(Gen<T1> first, Gen<T2> second, Gen<T3> third) =>
        first.SelectMany(a => second.SelectMany(b => third.Select(c => (a, b, c))));

    /// <summary>Checks a property with 500 texts.</summary>
    public static void Check(Action<string> property) => Check(Any, property);

    /// <summary>Checks a property with 500 values.</summary>
    public static void Check<T>(Gen<T> values, Action<T> property) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
