using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>Changes values, JSON trees and bytes. The same random numbers make the same changes.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] s_texts =
    [
        "", " ", "\0", "\r\nX-Injected: 1", "\u202e", "\ufeff", "\ufffd", "🔥", "e\u0301", "ﬁ", "İ", "Ａdmin", "аdmin", "null", "true", "-1", "0", "1e309", "NaN", "9223372036854775808",
        "' OR 1=1 --", "\"; DROP TABLE users; --", "{\"$ne\":null}", "$where", "*", "\"", "NEAR(", "AND OR NOT", "%", "_", "\\", "../../etc/passwd", "..%2f..%2f", "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0", "/(a+)+$/", "/[/", "/(a{1000}){1000}/", "me", "none", "all", "admin@tickets.local", "a@b@c", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "0001-01-01", "9999-12-31",
        "00000000-0000-0000-0000-000000000000", "eyJhbGciOiJub25lIn0.e30.", "u", "dQ", "YzAuMC4w", "0-0", "9999999999999999999-1",
    ];

    public bool Chance(double of) => random.NextDouble() < of;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public int Next(int below) => random.Next(below);

    /// <summary>A text that means trouble, or a long one.</summary>
    public string Text() => random.Next(12) switch
    {
        0 => new string(Pick<char>(['a', ' ', '(', '%', '\u0301', 'é', '[']), 1 << random.Next(4, 15)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0xD800))),
        _ => Pick(s_texts),
    };

    /// <summary>A copy of <paramref name="body"/> with a few of its values changed.</summary>
    public JsonNode Json(JsonNode body)
    {
        var copy = body.DeepClone();
        for (var n = random.Next(3); n > 0; n--) Change(copy);
        return copy;
    }

    /// <summary>Bytes that are nearly, or not at all, what they were.</summary>
    public byte[] Bytes(byte[] body)
    {
        if (body.Length == 0) return [(byte)random.Next(256)];
        var at = random.Next(body.Length);
        switch (random.Next(9))
        {
            case 0: return body[..at];
            case 1: return [.. body[..at], .. "\xFF\xC0\x80"u8.ToArray(), .. body[at..]];
            case 2: return [.. Encoding.UTF8.Preamble, .. body];
            case 3: return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body));
            case 4: return [.. body, .. body];
            case 5: return Encoding.UTF8.GetBytes($$"""{"a":{{new string('[', 1 << random.Next(4, 14))}}""");
            case 6: return Encoding.UTF8.GetBytes($"{{\"x\":\"\\ud800\",{Encoding.UTF8.GetString(body)[1..]}");
            case 7: return Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(body)[..^1]},{Encoding.UTF8.GetString(body)[1..]}"); // every member twice
            default:
                var changed = body.ToArray();
                changed[at] = (byte)random.Next(256);
                return changed;
        }
    }

    private void Change(JsonNode tree)
    {
        if (tree is JsonArray items)
        {
            if (items.Count == 0 || Chance(0.3)) items.Add(Value());
            else if (items[0] is JsonObject or JsonArray && Chance(0.5)) Change(items[0]!);
            else items[random.Next(items.Count)] = Value();
            return;
        }

        if (tree is not JsonObject members) return;
        var name = members.Count == 0 ? "x" : members.ElementAt(random.Next(members.Count)).Key;
        switch (random.Next(6))
        {
            case 0: members.Remove(name); break;
            case 1: members[Text()] = Value(); break;
            case 2 when members[name] is JsonObject or JsonArray: Change(members[name]!); break;
            default: members[name] = Value(); break;
        }
    }

    private JsonNode? Value() => random.Next(10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(Pick(["0", "-1", "1e400", "1.5", "2147483648", "9223372036854775808", "-0", "1E-400", string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64()}")])),
        3 => new JsonArray(),
        4 => new JsonArray(Text(), null, 1),
        5 => new JsonObject { ["$ne"] = 1 },
        _ => Text(),
    };
}
