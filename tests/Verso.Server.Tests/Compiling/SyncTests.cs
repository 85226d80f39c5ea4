using System.Net;
using System.Text.Json.Nodes;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

[NeedsSandbox]
public sealed class SyncTests : IAsyncLifetime
{
    private const string PrintsFiles = """
        ```{python}
        import os
        print(sorted(os.path.join(folder, name)[2:] for folder, _, names in os.walk('.') for name in names))
        ```

        """;

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_incremental_sync_brings_what_changed()
    {
        var full = Request(File("index.qmd", "# First"), File("kept.txt", "kept")).With("syncState", "one");
        (await _server.CompileAsync("alpha", full)).ShouldBe("success");

        var answer = await _server.CompileAsync(
            "alpha",
            Incremental("one", File("index.qmd", $"# Second\n{PrintsFiles}"))
        );

        var page = await answer.ShouldBe("success").ReadAsync(_server, "index.html");
        page.ShouldContain("Second");
        page.ShouldContain("kept.txt");
        answer.Compile.GetProperty("stats").GetProperty("isInitialCompile").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Another_state_needs_a_full_sync()
    {
        (await _server.CompileAsync("alpha", Incremental("one", File("index.qmd", "")))).ShouldBe(
            "conflict",
            HttpStatusCode.Conflict
        );
        await _server.CompileAsync("alpha", Request(File("index.qmd", "# First")).With("syncState", "one"));

        (await _server.CompileAsync("alpha", Incremental("two", File("index.qmd", "")))).ShouldBe(
            "conflict",
            HttpStatusCode.Conflict
        );
    }

    [Theory]
    [InlineData("os.remove('data.txt')")]
    [InlineData("open('data.txt', 'w').write('forged')")]
    [InlineData(
        "s = os.stat('data.txt'); open('data.txt', 'w').write('forged'); os.utime('data.txt', ns=(s.st_atime_ns, s.st_mtime_ns))"
    )]
    [InlineData("open('other', 'w').write('forged'); os.rename('other', 'data.txt')")]
    [InlineData("os.rename('data.txt', 'other')")]
    public async Task What_a_document_did_to_a_file_does_not_last(string act)
    {
        var document = $"```{{python}}\nimport os\nprint('now', open('data.txt').read())\n{act}\n```\n";
        var full = Request(File("index.qmd", document), File("data.txt", "genuine")).With("syncState", "one");
        (await _server.CompileAsync("alpha", full)).ShouldBe("success");

        var next = await _server.CompileAsync("alpha", Incremental("one"));
        if (next.Status == "success") // root's documents work in a copy, from which what they remove is not removed
            (await next.ReadAsync(_server, "index.html")).ShouldContain("now genuine");
        else
            next.ShouldBe("conflict", HttpStatusCode.Conflict).Error.ShouldContain("'data.txt'");
        var answer = await _server.CompileAsync("alpha", full);
        (await answer.ShouldBe("success").ReadAsync(_server, "index.html")).ShouldContain("now genuine");
    }

    [Fact]
    public async Task What_is_no_resource_is_removed_but_for_caches()
    {
        const string leaves = """
            ```{python}
            import os
            for path in ['left.txt', 'folder/left.txt', '_freeze/kept', 'parts/a_cache/kept', 'parts/left']:
                os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
                open(path, 'w').close()
            ```

            """;
        await _server.CompileAsync(
            "alpha",
            Request(File("index.qmd", leaves), File("parts/one.txt", ""), File("old", ""))
        );

        var answer = await _server.CompileAsync(
            "alpha",
            Request(File("index.qmd", PrintsFiles), File("parts/one.txt", ""))
        );

        var page = WebUtility.HtmlDecode(await answer.ShouldBe("success").ReadAsync(_server, "index.html"));
        page.ShouldContain("['_freeze/kept', 'index.qmd', 'parts/a_cache/kept', 'parts/one.txt']");
    }

    [Fact]
    public async Task Caches_are_not_passed_from_one_gate_to_another()
    {
        const string caches =
            "```{python}\nimport os\nos.makedirs('_freeze', exist_ok=True)\nopen('_freeze/kept', 'w').close()\n```\n";
        await _server.CompileAsync("alpha", Request(File("index.qmd", caches)).With("allowPythonInstall", true));

        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", PrintsFiles)));

        var page = WebUtility.HtmlDecode(await answer.ShouldBe("success").ReadAsync(_server, "index.html"));
        page.ShouldContain("['index.qmd']");
    }

    [Fact]
    public async Task People_do_not_see_each_others_files()
    {
        const string leaves =
            "```{python}\nimport os\nos.makedirs('_freeze', exist_ok=True)\nopen('_freeze/mine', 'w').close()\n```\n";
        await _server.CompileAsync("alpha", Request(File("index.qmd", leaves)));

        foreach (var other in new[] { "fedcba9876543210fedcba98", null })
        {
            var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", PrintsFiles)), other);
            var page = WebUtility.HtmlDecode(await answer.ShouldBe("success").ReadAsync(_server, "index.html"));
            page.ShouldContain("['index.qmd']");
        }
    }

    [Fact]
    public async Task A_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder()
    {
        await _server.CompileAsync("alpha", Request(File("index.qmd", ""), File("a", "file"), File("b/c", "in b")));

        var answer = await _server.CompileAsync(
            "alpha",
            Request(File("index.qmd", PrintsFiles), File("a/x", "in a"), File("b", "file"))
        );

        var page = WebUtility.HtmlDecode(await answer.ShouldBe("success").ReadAsync(_server, "index.html"));
        page.ShouldContain("['a/x', 'b', 'index.qmd']");
    }

    private static JsonObject Incremental(string state, params JsonObject[] resources) =>
        Request(resources).With("syncType", "incremental").With("syncState", state);
}
