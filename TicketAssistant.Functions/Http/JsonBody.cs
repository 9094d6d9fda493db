using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TicketAssistant.Functions.Http;

/// <summary>Reads request bodies. Not ASP.NET Core's binding: in a Functions worker that answers 500 to bad JSON.</summary>
internal static class JsonBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The body as a <typeparamref name="T"/>, a record whose constructor's parameters without default are required.</summary>
    /// <exception cref="ProblemException">
    /// 415: not application/json in UTF-8. 413: over <see cref="MaxBytes"/>. 400: not JSON, or with unknown, repeated, missing or
    /// mistyped members, each named in the errors.
    /// </exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        RefuseOtherTypes(request);
        var body = await ReadBodyAsync(request, cancellationToken);
        using var document = Parse(body);
        CheckMembers(document.RootElement, HttpJson.Requests.GetTypeInfo(typeof(T)));
        try
        {
            return document.Deserialize<T>(HttpJson.Requests)!; // an object, so not null
        }
        catch (JsonException e)
        {
            // Its message speaks of .NET types; its path is the caller's own.
            var path = e.Path is { } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : "body";
            throw ProblemException.Invalid(path, Expected(path, HttpJson.Requests.GetTypeInfo(typeof(T))));
        }
    }

    private static void RefuseOtherTypes(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        throw new ProblemException(
            StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send the body as Content-Type: application/json (UTF-8).");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) throw TooLarge();
        // One byte more than may come tells a body at the limit from one beyond; what lies further is never read.
        var buffer = new byte[(request.ContentLength ?? MaxBytes) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxBytes ? buffer.AsMemory(0, length) : throw TooLarge();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = HttpJson.MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid(
                "body", $"must be valid JSON, at most {HttpJson.MaxDepth} levels deep; it is not at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }

        throw ProblemException.Invalid("body", "must be a JSON object");
    }

    /// <summary>Unknown, repeated and missing members, all at once; the serializer would stop at the first.</summary>
    private static void CheckMembers(JsonElement body, JsonTypeInfo type)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var name = NameOf(member);
            if (!type.Properties.Any(p => p.Name == name)) errors[name] = ["is not known here"];
            else if (!given.Add(name)) errors[name] = ["must be given once"];
        }

        foreach (var property in type.Properties)
        {
            var required = property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };
            if (required && !given.Contains(property.Name)) errors[property.Name] = ["is required"];
        }

        if (errors.Count > 0) throw ProblemException.Invalid(errors);
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Invalid("body", "must have names in well-formed Unicode");
        }
    }

    private static string Expected(string path, JsonTypeInfo type)
    {
        var name = path.Split('.', '[')[0];
        return type.Properties.FirstOrDefault(p => p.Name == name) is { } property
            ? "must be " + JsonTypeNames.Of(property.PropertyType)
            : "does not fit";
    }

    private static ProblemException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "Body too large", $"The body may have at most {MaxBytes / 1024} KiB.");
}
