using System.Net;
using System.Net.Sockets;
using System.Text;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling.Attacks;

/// <summary>No path, and nothing that a render left, leads out of the project's folder.</summary>
[NeedsSandbox]
public sealed class PathTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _outside = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _outside.Write("victim", "untouched");
        _server = await TestServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _outside.Dispose();
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData("a/../../victim")]
    [InlineData("..")]
    [InlineData("a/..")]
    [InlineData("/etc/victim")]
    [InlineData("//etc/victim")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task Resource_paths_stay_in_the_project(string path)
    {
        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File(path, "planted")));

        answer.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldStartWith("The path '");
        (await _server.CompileAsync("alpha", Request(File("index.qmd", "")).WithRoot(path))).ShouldBe(
            "error",
            HttpStatusCode.BadRequest
        );
    }

    [Theory]
    [InlineData("%2e%2e/victim")]
    [InlineData("..%2fvictim")]
    [InlineData("a\\..\\..\\victim")]
    public async Task Encoded_paths_are_names_like_any_other(string path)
    {
        (await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File(path, "planted")))).ShouldBe(
            "success"
        );

        System.IO.File.ReadAllText(_server.ProjectFile("alpha", path)).ShouldBe("planted");
    }

    [Fact]
    public async Task A_link_that_stands_where_a_folder_belongs_is_not_followed()
    {
        await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File("data/victim", "first")));
        Directory.Delete(_server.ProjectFile("alpha", "data"), recursive: true);
        Directory.CreateSymbolicLink(_server.ProjectFile("alpha", "data"), _outside.Path);

        var answer = await _server.CompileAsync(
            "alpha",
            Request(
                File("index.qmd", "```{python}\nprint('now', open('data/victim').read())\n```"),
                File("data/victim", "second")
            )
        );

        (await answer.ShouldBe("success").ReadAsync(_server, "index.html")).ShouldContain("now second");
        System.IO.File.ReadAllText(_outside.Combine("victim")).ShouldBe("untouched");
        new DirectoryInfo(_server.ProjectFile("alpha", "data")).LinkTarget.ShouldBeNull();
    }

    [Fact]
    public async Task A_link_that_stands_where_a_file_belongs_is_replaced()
    {
        await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File("data", "first")));
        System.IO.File.Delete(_server.ProjectFile("alpha", "data"));
        System.IO.File.CreateSymbolicLink(_server.ProjectFile("alpha", "data"), _outside.Combine("victim"));

        await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File("data", "second")));

        System.IO.File.ReadAllText(_outside.Combine("victim")).ShouldBe("untouched");
        System.IO.File.ReadAllText(_server.ProjectFile("alpha", "data")).ShouldBe("second");
    }

    [Theory]
    [InlineData("left")]
    [InlineData("_freeze")]
    [InlineData("parts")]
    public async Task Removing_what_is_left_goes_into_no_link(string name)
    {
        await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words"), File("parts/one", "")));
        var planted = _server.ProjectFile("alpha", name);
        if (Directory.Exists(planted))
            Directory.Delete(planted, recursive: true);
        Directory.CreateSymbolicLink(planted, _outside.Path);

        await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words")));
        await _server.ClearAsync("alpha");

        System.IO.File.ReadAllText(_outside.Combine("victim")).ShouldBe("untouched");
    }

    [Fact]
    public async Task Links_that_a_document_leaves_are_gone_before_its_next_compile()
    {
        var plants = $"""
            ```{"{python}"}
            import os
            os.symlink('{_outside.Path}', 'folder')
            os.symlink('{_outside.Path}/victim', 'file')
            os.mkfifo('pipe')
            os.makedirs('index_files', exist_ok=True)
            os.symlink('{_outside.Path}/victim', 'index_files/figure.png')
            ```

            """;
        var first = await _server.CompileAsync("alpha", plants);
        first.ShouldBe("success").Outputs.ShouldBe(["index.html", "output.log"]);

        (
            await _server.CompileAsync(
                "alpha",
                Request(File("index.qmd", "# Words"), File("folder/victim", "in the project"), File("file", "too"))
            )
        ).ShouldBe("success");

        System.IO.File.ReadAllText(_outside.Combine("victim")).ShouldBe("untouched");
        System.IO.File.ReadAllText(_server.ProjectFile("alpha", "folder/victim")).ShouldBe("in the project");
    }

    [Fact]
    public async Task Folders_that_a_document_locks_are_open_to_its_next_compile()
    {
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string[] documents = ["```{python}\nimport os\nos.chmod('data', 0)\nos.chmod('.', 0o500)\n```\n", "# Words\n"];

        foreach (var document in documents)
        {
            var request = Request(File("index.qmd", document), File("data/table.csv", "1"));
            (await _server.CompileAsync("alpha", request)).ShouldBe("success");
        }

        // Root is kept out by no mode; whoever else runs the service is.
        foreach (var folder in new[] { "", "data" })
            (System.IO.File.GetUnixFileMode(_server.ProjectFile("alpha", folder)) & open).ShouldBe(open);
    }

    [Theory]
    [InlineData("../state.json")]
    [InlineData("..%2f..%2fstate.json")]
    [InlineData("%2e%2e/%2e%2e/state.json")]
    [InlineData("%2e%2e%2f%2e%2e%2fstate.json")]
    [InlineData("..%5c..%5cstate.json")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("/etc/passwd")]
    [InlineData("planted/victim")]
    [InlineData("planted-file")]
    [InlineData("index.html%00.png")]
    public async Task Output_paths_stay_in_the_build(string path)
    {
        var build = (await _server.CompileAsync("alpha", "# Words")).BuildId;
        var folder = Path.Combine(_server.TargetFolder("alpha"), "builds", build);
        Directory.CreateSymbolicLink(Path.Combine(folder, "planted"), _outside.Path);
        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "planted-file"), _outside.Combine("victim"));

        foreach (var id in new[] { build, "..", "%2e%2e", $"..%2fbuilds%2f{build}" })
        {
            var (code, text) = await GetAsync($"{Address("alpha")}/build/{id}/output/{path}");
            code.ShouldBeOneOf(400, 401, 404, 405);
            text.ShouldNotContain("untouched");
            text.ShouldNotContain("syncState");
            text.ShouldNotContain("root:");
        }
    }

    // As it stands: a client of .NET would tidy the path first.
    private async Task<(int Code, string Text)> GetAsync(string path)
    {
        using var client = new TcpClient();
        var address = _server.Client.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var request = $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (int.Parse(text.Split(' ')[1]), text);
    }
}
