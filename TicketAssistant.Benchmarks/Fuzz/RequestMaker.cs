using System.Text;
using System.Text.RegularExpressions;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>Makes requests from the operations of the document: as their examples say, more or less changed, or broken.</summary>
internal sealed partial class RequestMaker(IReadOnlyList<ApiOperation> operations, FuzzWorld world, Mutator mutator)
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    // What would take away the token, or the means to get another one, of those who are needed to the end.
    private static readonly string[] s_notForStaff = ["UpdateMe", "Logout"];

    public FuzzRequest Next()
    {
        var operation = mutator.Pick(operations);
        var caller = mutator.Pick([Caller.Anonymous, Caller.User, Caller.User, Caller.User, Caller.Moderator, Caller.Admin]);
        if (caller >= Caller.Moderator && s_notForStaff.Contains(operation.Id)) caller = Caller.User;
        if (mutator.Chance(0.08)) return Broken(operation, caller);

        var method = mutator.Chance(0.04) ? mutator.Pick(s_methods) : operation.Method;
        var (path, isForeign, fits) = PathOf(operation, caller);
        var (query, headers) = ParametersOf(operation);
        var body = BodyOf(operation, out var contentType);
        if (contentType is not null) headers.Add(("Content-Type", contentType));
        AddToken(headers, caller);

        // By another method, or with something else than an id, it comes to the function that takes whatever nobody takes.
        var expected = method == operation.Method && fits ? operation : Find(method, path);
        // The server refuses these by itself.
        if (path.Contains("%00", StringComparison.Ordinal) || path.Length + query.Length > 8000) expected = null;
        byte[] Make(string at) => Write($"{method} {at}{query} HTTP/1.1", headers, body);
        return new FuzzRequest(Make(path), expected, caller, isForeign && fits && method == operation.Method ? Make(path.Replace(world.Foreign, FuzzWorld.Nowhere, StringComparison.Ordinal)) : null);
    }

    private ApiOperation? Find(string method, string path)
    {
        foreach (var operation in operations.Where(operation => operation.Method == method && !operation.Path.Contains("{path}", StringComparison.Ordinal)))
        {
            var pattern = "^" + Regex.Escape(operation.Path).Replace(@"\{id}", "[^/]+", StringComparison.Ordinal).Replace(@"\{name}", "[^/]+", StringComparison.Ordinal) + "$";
            if (Regex.IsMatch(path, pattern, RegexOptions.IgnoreCase) && (!operation.Path.Contains("{id}", StringComparison.Ordinal) || operation.Path.StartsWith("/api/mails", StringComparison.Ordinal) || path.Split('/').Any(step => Guid.TryParse(Uri.UnescapeDataString(step), out _)))) return operation;
        }

        return operations.FirstOrDefault(operation => operation.Method == method && operation.Path == "/{path}");
    }

    private (string Path, bool IsForeign, bool Fits) PathOf(ApiOperation operation, Caller caller)
    {
        if (!operation.Path.Contains('{')) return (operation.Path, false, true);
        var isTicket = operation.Path.StartsWith("/api/tickets/", StringComparison.Ordinal);
        var (value, isForeign, fits) = (isTicket, mutator.Next(10)) switch
        {
            (true, < 4) => (mutator.Pick(world.OwnTickets), false, true),
            (true, < 8) => (world.Foreign, caller is Caller.User or Caller.Anonymous, true),
            (_, 8) => (FuzzWorld.Nowhere, false, true),
            _ => (Uri.EscapeDataString(Pathlike(mutator.Text())), false, false),
        };
        var path = PathValue().Replace(operation.Path, value);
        // Whatever is no id there is one for mails and files.
        if (operation.Path.StartsWith("/dev/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/mails", StringComparison.Ordinal)) return (path, false, value.Length > 0 && !value.Contains("%00", StringComparison.Ordinal) && !value.Contains("%2F", StringComparison.OrdinalIgnoreCase));
        return (path, isForeign, fits && operation.Path != "/{path}");
    }

    // Dots alone would be taken for steps, and nothing at all leaves another path.
    private static string Pathlike(string text) => text.Trim('.').Length == 0 ? "x" : text.Length > 500 ? text[..500] : text;

    private (string Query, List<(string Name, string Value)> Headers) ParametersOf(ApiOperation operation)
    {
        var query = new StringBuilder();
        var headers = new List<(string, string)>();
        foreach (var (name, place, example) in operation.Parameters)
        {
            if (!mutator.Chance(0.4)) continue;
            var value = mutator.Chance(0.5) ? example : mutator.Text();
            if (place == "query") query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(Shorter(value, 2000)));
            else headers.Add((name, Printable(Shorter(value, 2000))));
        }

        if (mutator.Chance(0.05)) query.Append(query.Length == 0 ? '?' : '&').Append(mutator.Pick(["x=1", "limit=1&limit=2", "%FF=%FE", "q=%C0%80", "cursor=%00", "=", "&&&"]));
        if (operation.Id == "ListTickets" && mutator.Chance(0.3)) headers.Add(("Accept", mutator.Pick(["text/csv", "text/csv;q=0.1, */*", "application/json;q=x", "\"", ","])));
        return (query.ToString(), headers);
    }

    private byte[]? BodyOf(ApiOperation operation, out string? contentType)
    {
        contentType = null;
        if (operation.Body is not { } example) return mutator.Chance(0.03) ? [.. "{}"u8] : null;
        contentType = mutator.Chance(0.04) ? mutator.Pick(["text/plain", "application/json; charset=utf-16", "", "application/json;;", "multipart/form-data"]) : "application/json";
        if (contentType.Length == 0) contentType = null;
        var body = Encoding.UTF8.GetBytes(mutator.Json(world.Fill(operation, example)).ToJsonString());
        return mutator.Chance(0.2) ? mutator.Bytes(body) : body;
    }

    private void AddToken(List<(string, string)> headers, Caller caller)
    {
        if (mutator.Chance(0.03)) headers.Add(("Authorization", mutator.Pick(["Bearer", "Bearer ", "Basic !!!", "Basic OmE=", "Bearer a.b.c", "bearer " + Printable(mutator.Text()), "Bearer " + world.TokenOf(Caller.User)[..^4]])));
        else if (world.TokenOf(caller) is { Length: > 0 } token) headers.Add(("Authorization", "Bearer " + token));
    }

    /// <summary>What no client sends: the server's own to answer, if at all.</summary>
    private FuzzRequest Broken(ApiOperation operation, Caller caller)
    {
        var path = PathValue().Replace(operation.Path, mutator.Pick(world.OwnTickets));
        var headers = new List<(string, string)> { ("Content-Type", "application/json") };
        if (world.TokenOf(caller) is { Length: > 0 } token) headers.Add(("Authorization", "Bearer " + token));
        var body = operation.Body is { } example ? Encoding.UTF8.GetBytes(example.ToJsonString()) : [.. "{}"u8];
        var line = $"{operation.Method} {path} HTTP/1.1";
        var bytes = mutator.Next(16) switch
        {
            0 => Write($"{operation.Method.ToLowerInvariant()} {path} HTTP/1.1", headers, body),
            1 => Write($"{operation.Method} {path} HTTP/9.9", headers, body),
            2 => Write($"{operation.Method}  {path}", headers, body),
            3 => Write($"{operation.Method} http://[::bad/{path} HTTP/1.1", headers, body),
            4 => Write(line, [.. headers, ("X-Long", new string('a', 1 << mutator.Next(17)))], body),
            5 => Write(line, [.. headers, .. Enumerable.Range(0, mutator.Next(300)).Select(n => ($"X-{n}", "1"))], body),
            6 => Write(line, [.. headers, ("X-\u00e9", "1"), ("Idempotency-Key", "\u00e9\u0001")], body),
            7 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nno colon here\r\n folded\r\n\r\n"),
            8 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n{{}}"),
            9 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nContent-Length: 99\r\nContent-Type: application/json\r\n\r\n{{}}"),
            10 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/stats HTTP/1.1\r\nHost: x\r\n\r\n"),
            11 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{{}}\r\n"),
            12 => Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\nfffffffffffffffff\r\n"),
            13 => Encoding.Latin1.GetBytes($"{line}\r\nHost: a\r\nHost: b\r\n\r\n"),
            14 => [.. Encoding.Latin1.GetBytes($"{operation.Method} {path}"), 0xFF, 0, 0xC0, .. " HTTP/1.1\r\nHost: localhost\r\n\r\n"u8],
            _ => mutator.Bytes(Write(line, headers, body)),
        };
        return new FuzzRequest(bytes, null, caller);
    }

    private byte[] Write(string line, IReadOnlyList<(string Name, string Value)> headers, byte[]? body)
    {
        var text = new StringBuilder(line).Append("\r\nHost: localhost:").Append(world.Port).Append("\r\nConnection: close\r\n");
        foreach (var (name, value) in headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        if (body is null) return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
        if (!mutator.Chance(0.1)) return [.. Encoding.Latin1.GetBytes(text.Append("Content-Length: ").Append(body.Length).Append("\r\n\r\n").ToString()), .. body];
        text.Append("Transfer-Encoding: chunked\r\n\r\n").Append(body.Length.ToString("x", System.Globalization.CultureInfo.InvariantCulture)).Append("\r\n");
        return body.Length == 0 ? Encoding.Latin1.GetBytes(text.Append("\r\n").ToString()) : [.. Encoding.Latin1.GetBytes(text.ToString()), .. body, .. "\r\n0\r\n\r\n"u8];
    }

    private static string Shorter(string text, int length) => text.Length > length ? text[..length] : text;

    // Others are tried as broken requests: the server answers those before the app sees them.
    private static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathValue();
}
