using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using TicketAssistant.Functions.Web;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Web;

[Collection(WebTests.Name)]
public sealed class ServingTests(WebFixture fixture)
{
    private const string SomeId = "0193a5c1-0000-7000-8000-000000000000";

    private readonly HttpClient _http = fixture.App.Client;
    private readonly WebFiles _files = new();

    public static TheoryData<string> PagesOfTheServer => [.. PagePaths.All];

    [Theory]
    [MemberData(nameof(PagesOfTheServer))]
    public async Task Every_page_is_the_start_page_under_a_strict_policy(string path)
    {
        using var reply = await _http.GetAsync(path.Replace("{id}", SomeId, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("unsafe|nonce|sha256|http|\\*|data:|blob:", policy);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", reply.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", reply.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("no-cache", reply.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task The_start_page_holds_no_script_and_no_style_of_its_own()
    {
        var html = await _http.GetStringAsync("/");
        Assert.DoesNotMatch("<style|style=|<script>|\\son\\w+=|javascript:", html);
        Assert.Matches("<script type=\"module\" src=\"/app/[0-9a-f]{12}/main.js\">", html);
    }

    [Fact]
    public void Server_and_app_name_the_same_pages()
    {
        var routes = Regex.Matches(TextOf("app/routes.js"), "path: '([^']+)'").Select(match => match.Groups[1].Value);
        // The start has no page of its own: it leads to the one where the person begins.
        Assert.Equal(PagePaths.All.Where(path => path != "/").Order(), routes.Order());
    }

    [Theory]
    [InlineData("/tickets/1")]
    [InlineData("/tickets/new/1")]
    [InlineData("/people/../../etc/passwd")]
    [InlineData("/app/nothing")]
    public async Task A_browser_that_goes_nowhere_gets_the_app_with_404_and_a_program_gets_a_problem(string path)
    {
        using var browser = await SendAsync(HttpMethod.Get, path, r => r.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8"));
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (browser.StatusCode, browser.Content.Headers.ContentType?.MediaType));
        (await ApiReply.ReadAsync(await _http.GetAsync(path))).IsProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api")]
    public async Task Below_api_even_a_browser_gets_a_problem(string path)
    {
        using var reply = await SendAsync(HttpMethod.Get, path, r => r.Headers.Accept.ParseAdd("text/html"));
        (await ApiReply.ReadAsync(reply)).IsProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_page_can_only_be_read()
    {
        using var posted = await _http.PostAsync("/tickets", null);
        var problem = await ApiReply.ReadAsync(posted);
        problem.IsProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("GET, HEAD", string.Join(", ", problem.ContentHeaders.Allow));
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_the_content()
    {
        using var get = await _http.GetAsync("/app/main.js");
        using var head = await SendAsync(HttpMethod.Head, "/app/main.js");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task Text_comes_compressed_as_far_as_the_client_takes_it(string? accepts, string? encoding)
    {
        using var reply = await SendAsync(HttpMethod.Get, "/app/text/en.js", r => r.Headers.TryAddWithoutValidation("Accept-Encoding", accepts));

        Assert.Equal(encoding, reply.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", reply.Headers.Vary);
        using var packed = await reply.Content.ReadAsStreamAsync();
        using Stream unpacked = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        Assert.Equal(TextOf("app/text/en.js"), await new StreamReader(unpacked).ReadToEndAsync());
        if (encoding is not null) Assert.True(reply.Content.Headers.ContentLength < _files.Find("app/text/en.js")!.Value.File.Content.Length / 2);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using var first = await _http.GetAsync("/tickets");
        using var again = await SendAsync(HttpMethod.Get, "/tickets", r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var compressed = await SendAsync(HttpMethod.Get, "/tickets", r =>
        {
            r.Headers.AcceptEncoding.ParseAdd("br");
            r.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        });
        using var other = await SendAsync(HttpMethod.Get, "/tickets", r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        // Other bytes, another tag.
        Assert.Equal(HttpStatusCode.OK, compressed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Files_at_an_address_with_the_version_are_kept_for_good_and_other_versions_are_not_there()
    {
        using var kept = await _http.GetAsync($"/app/{_files.Version}/main.js");
        using var checkedEachTime = await _http.GetAsync("/app/main.js");
        using var older = await _http.GetAsync("/app/0123456789ab/main.js");

        Assert.Equal("public, max-age=31536000, immutable", kept.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", checkedEachTime.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, older.StatusCode);
    }

    [Fact]
    public void Every_module_that_is_imported_is_there_and_no_module_is_left_over()
    {
        var modules = typeof(WebFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("web/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .Select(name => name[4..]).ToHashSet();
        var imported = modules.SelectMany(module => Regex.Matches(TextOf(module), "(?:from|import)\\s*\\(?'(\\.[^']+)'")
                .Select(match => new Uri(new Uri($"http://x/{module}"), match.Groups[1].Value).AbsolutePath[1..]))
            .ToHashSet();

        Assert.Empty(imported.Except(modules));
        // These are in the start page.
        Assert.Equal(["app/appearance.js", "app/main.js"], modules.Except(imported).Order());
    }

    [Fact]
    public void The_start_page_preloads_every_module_that_is_needed_at_once_and_no_other()
    {
        var needed = new HashSet<string>();
        var left = new Queue<string>(["app/main.js"]);
        while (left.TryDequeue(out var module))
        {
            foreach (Match match in Regex.Matches(TextOf(module), "^import [^(]*?'(\\.[^']+)';", RegexOptions.Multiline))
            {
                var imported = new Uri(new Uri($"http://x/{module}"), match.Groups[1].Value).AbsolutePath[1..];
                if (needed.Add(imported)) left.Enqueue(imported);
            }
        }

        var preloaded = Regex.Matches(TextOf("index.html"), $"rel=\"modulepreload\" href=\"/app/{_files.Version}/([^\"]+)\"").Select(match => $"app/{match.Groups[1].Value}");
        Assert.Equal(needed.Order(), preloaded.Order());
    }

    [Fact]
    public void Every_picture_that_is_shown_is_in_the_sprite()
    {
        var sprite = Regex.Matches(TextOf("app/icons.svg"), "id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToHashSet();
        var shown = typeof(WebFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("web/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .SelectMany(name => Regex.Matches(TextOf(name[4..]), "icon\\('([^']+)'").Select(match => match.Groups[1].Value));
        Assert.Empty(shown.Except(sprite));
    }

    private string TextOf(string path) => System.Text.Encoding.UTF8.GetString(_files.Find(path)!.Value.File.Content);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(method, path);
        change?.Invoke(request);
        return _http.SendAsync(request);
    }
}
