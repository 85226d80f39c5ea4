using System.IO.Compression;
using System.Net;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

[NeedsSandbox]
public sealed class CompileTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_project_becomes_a_document_and_a_log()
    {
        var answer = await _server.CompileAsync(
            "alpha",
            Request(
                File(
                    "index.qmd",
                    "---\ntitle: Report\n---\n```{python}\nprint(open('data/numbers.txt').read())\n```\n"
                ),
                File("data/numbers.txt", "forty-two")
            )
        );

        answer.ShouldBe("success");
        answer.Outputs.ShouldBe(["index.html", "output.log"]);
        (await answer.ReadAsync(_server, "index.html")).ShouldContain("forty-two");
        answer.Compile.GetProperty("stats").GetProperty("isInitialCompile").GetBoolean().ShouldBeTrue();
        foreach (var timing in new[] { "sync", "compile", "output", "compileE2E" })
            answer.Compile.GetProperty("timings").GetProperty(timing).GetDouble().ShouldBeGreaterThan(0, timing);
        answer.BuildId.ShouldMatch("^[0-9a-f]+-[0-9a-f]{16}$");
        answer.Environment.GetProperty("state").GetString().ShouldBe("base");
        answer.Environment.GetProperty("reason").GetString().ShouldBe("no-requirements");
        var file = answer.Compile.GetProperty("outputFiles")[0];
        file.GetProperty("type").GetString().ShouldBe("html");
        file.GetProperty("build").GetString().ShouldBe(answer.BuildId);
        file.GetProperty("size").GetInt64().ShouldBeGreaterThan(100);
        file.GetProperty("url").GetString().ShouldStartWith(_server.Client.BaseAddress!.ToString());
    }

    [Theory]
    [InlineData("index.qmd", "other.qmd")]
    [InlineData("main.qmd", "other.qmd")]
    [InlineData("only.qmd", "notes.md")]
    public async Task The_document_is_found_when_none_is_named(string document, string beside)
    {
        var answer = await _server.CompileAsync(
            "alpha",
            Request(File(document, "# The one"), File(beside, "# Not it"))
        );

        (await answer.ShouldBe("success").ReadAsync(_server, Path.ChangeExtension(document, "html"))).ShouldContain(
            "The one"
        );
    }

    [Fact]
    public async Task The_document_that_is_named_is_rendered_in_its_folder()
    {
        var request = Request(
            File("index.qmd", "# Not it"),
            File("parts/one.qmd", "```{python}\nprint(open('../data.txt').read())\n```"),
            File("data.txt", "from above")
        );

        var answer = await _server.CompileAsync("alpha", request.WithRoot("parts/one.qmd"));

        (await answer.ShouldBe("success").ReadAsync(_server, "one.html")).ShouldContain("from above");
    }

    [Fact]
    public async Task Without_a_document_it_is_said_what_is_missing()
    {
        var none = await _server.CompileAsync("alpha", Request(File("notes.txt", "")));
        none.ShouldBe("failure").Error.ShouldBe("The project has no .qmd document to render.");

        var several = await _server.CompileAsync("alpha", Request(File("a.qmd", ""), File("b.qmd", "")));
        several.ShouldBe("failure").Error.ShouldContain("name the one to render");

        var absent = await _server.CompileAsync("alpha", Request(File("a.qmd", "")).WithRoot("b.qmd"));
        absent.ShouldBe("failure").Entries.ShouldHaveSingleItem().Message.ShouldContain("no file 'b.qmd'");
    }

    [Fact]
    public async Task A_document_that_fails_says_where()
    {
        var answer = await _server.CompileAsync("alpha", "# Fine\n\n```{python}\n1/0\n```\n");

        answer.ShouldBe("failure").Outputs.ShouldBe(["output.log"]);
        var entry = answer.Compile.GetProperty("logEntries")[0];
        entry.GetProperty("level").GetString().ShouldBe("error");
        entry.GetProperty("file").GetString().ShouldBe("index.qmd");
        entry.GetProperty("line").GetInt32().ShouldBe(4);
        entry.GetProperty("content").GetString()!.ShouldContain("ZeroDivisionError");
        (await answer.ReadAsync(_server, "output.log")).ShouldContain("ZeroDivisionError");
    }

    [Fact]
    public async Task The_first_error_has_a_status_of_its_own_for_who_asks_for_it()
    {
        var request = Request(File("index.qmd", "```{python}\n1/0\n```")).With("stopOnFirstError", true);

        (await _server.CompileAsync("alpha", request)).ShouldBe("stopped-on-first-error");
    }

    [Fact]
    public async Task Validating_runs_nothing()
    {
        var passing = Request(File("index.qmd", "```{python}\nimport json\nopen('ran', 'w')\n```"));
        var failing = Request(File("index.qmd", "```{python}\nimport nosuchmodule\n```"));

        (await _server.CompileAsync("alpha", passing.With("check", "validate"))).ShouldBe("validation-pass");
        (await _server.CompileAsync("alpha", failing.With("check", "validate"))).ShouldBe("validation-fail");
        System.IO.File.Exists(_server.ProjectFile("alpha", "ran")).ShouldBeFalse();
    }

    [Fact]
    public async Task All_outputs_come_in_one_archive()
    {
        var answer = await _server.CompileAsync("alpha", "# Words");
        var url = answer.Url("index.html").Replace("index.html", "output.zip");

        await using var stream = await _server.Client.GetStreamAsync(url, TestContext.Current.CancellationToken);
        using var archive = new ZipArchive(stream);

        archive.Entries.Select(entry => entry.FullName).ShouldBe(["index.html", "output.log"]);
    }

    [Fact]
    public async Task The_last_builds_are_kept()
    {
        var answers = new List<CompileAnswer>();
        for (var i = 0; i < 4; i++)
            answers.Add((await _server.CompileAsync("alpha", $"# Number {i}")).ShouldBe("success"));

        foreach (var (i, answer) in answers.Index().Skip(1))
            (await answer.ReadAsync(_server, "index.html")).ShouldContain($"Number {i}");
        using var gone = await _server.Client.GetAsync(
            answers[0].Url("index.html"),
            TestContext.Current.CancellationToken
        );
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_client_may_name_the_build_once()
    {
        const string build = "18c0ffee000-0123456789abcdef";
        var request = Request(File("index.qmd", "# Words")).With("buildId", build);

        (await _server.CompileAsync("alpha", request)).ShouldBe("success").BuildId.ShouldBe(build);
        (await _server.CompileAsync("alpha", request)).Code.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Clearing_starts_afresh()
    {
        var first = await _server.CompileAsync("alpha", "# Words");

        (await _server.ClearAsync("alpha")).ShouldBe(HttpStatusCode.NoContent);

        using var gone = await _server.Client.GetAsync(first.Url("index.html"), TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.Exists(_server.TargetFolder("alpha")).ShouldBeFalse();
        var again = await _server.CompileAsync("alpha", "# Words");
        again.Compile.GetProperty("stats").GetProperty("isInitialCompile").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/health_check")]
    [InlineData("/project/alpha/status")]
    public async Task The_service_says_that_it_is_up(string path) =>
        (await _server.Client.GetStringAsync(path, TestContext.Current.CancellationToken)).ShouldBe("OK");

    [Fact]
    public async Task The_interface_is_described()
    {
        var description = await _server.Client.GetStringAsync(
            "/openapi/v1.json",
            TestContext.Current.CancellationToken
        );

        foreach (var part in new[] { "/project/{projectId}/user/{userId}/compile", "allowPythonInstall", "logEntries" })
            description.ShouldContain(part);
    }
}
