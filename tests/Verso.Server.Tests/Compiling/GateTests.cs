using System.Net;
using System.Text.Json.Nodes;
using Verso.Server.Settings;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>The gate's answer, at the front door: nothing but <c>true</c> has anything installed.</summary>
[NeedsSandbox]
public sealed class GateTests : IAsyncLifetime
{
    private const string Imports = "```{python}\nimport greeting\nprint('version', greeting.__version__)\n```\n";

    private readonly TemporaryDirectory _wheels = new();
    private TestIndex _canary = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0").WriteTo(_wheels.Path);
        _canary = await TestIndex.StartAsync(_wheels.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _canary.DisposeAsync();
        _wheels.Dispose();
    }

    [Theory]
    [InlineData("false")]
    [InlineData("absent")]
    [InlineData("\"true\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[true]")]
    [InlineData("{\"value\":true}")]
    public async Task Nothing_but_true_asks_the_index_or_starts_pip(string value)
    {
        await using var server = await StartAsync();
        var request = Project();
        if (value != "absent")
            request.With("allowPythonInstall", JsonNode.Parse(value));

        var answer = await server.CompileAsync("alpha", request);

        if (value is "false" or "absent")
        {
            answer.ShouldBe("failure").Environment.GetProperty("reason").GetString().ShouldBe("not-allowed");
            answer.Environment.GetProperty("state").GetString().ShouldBe("base");
        }
        else
            answer
                .ShouldBe("error", HttpStatusCode.BadRequest)
                .Error.ShouldBe("options.allowPythonInstall must be true or false, or left out.");
        _canary.Requests.ShouldBeEmpty();
        BuildFolders(server).ShouldBeEmpty("pip runs in a virtualenv there, and in none other");
    }

    [Fact]
    public async Task True_installs_what_the_project_names()
    {
        await using var server = await StartAsync();

        var answer = await server.CompileAsync("alpha", Project().With("allowPythonInstall", true));

        (await answer.ShouldBe("success").ReadAsync(server, "index.html")).ShouldContain("version 1.0");
        answer.Environment.GetProperty("state").GetString().ShouldBe("built");
        answer.Environment.GetProperty("key").GetString()!.Length.ShouldBe(64);
        answer.Environment.GetProperty("packages")[0].GetProperty("name").GetString().ShouldBe("greeting");
        _canary.Requests.ShouldNotBeEmpty();
        BuildFolders(server).ShouldNotBeEmpty();

        // The project keeps what it resolved to, for all of its people.
        var again = await server.CompileAsync(
            "alpha",
            Project().With("allowPythonInstall", true),
            "fedcba9876543210fedcba98"
        );
        again.ShouldBe("success").Environment.GetProperty("state").GetString().ShouldBe("reused");
    }

    [Theory]
    [InlineData(false, "failure", "base")]
    [InlineData(true, "success", "reused")]
    public async Task What_others_had_built_is_there_for_the_ungated_only_if_the_operator_says_so(
        bool serve,
        string status,
        string state
    )
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Environments = settings.Environments with { ServeCachedToUngated = serve },
            }
        );
        (await server.CompileAsync("alpha", Project().With("allowPythonInstall", true))).ShouldBe("success");
        _canary.Requests.Clear();

        var answer = await server.CompileAsync("alpha", Project(), user: null);

        answer.ShouldBe(status).Environment.GetProperty("state").GetString().ShouldBe(state);
        _canary.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Serving_what_is_built_builds_nothing()
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Environments = settings.Environments with { ServeCachedToUngated = true },
            }
        );

        var answer = await server.CompileAsync("alpha", Project());

        answer.ShouldBe("failure").Environment.GetProperty("reason").GetString().ShouldBe("not-allowed");
        _canary.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_cannot_have_packages_installed_by_writing_the_file()
    {
        await using var server = await StartAsync();
        var writes = Request(
            File("index.qmd", "```{python}\nopen('requirements.vrf', 'w').write('greeting')\n```\n"),
            File("requirements.vrf", "# none\n")
        );
        (await server.CompileAsync("alpha", writes.With("syncState", "one"))).ShouldBe("success");

        foreach (var type in new[] { "incremental", "full" })
            await server.CompileAsync("alpha", writes.With("syncType", type).With("allowPythonInstall", true));

        _canary.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("open('requirements.vrf', 'w').write('greeting')", "# none\n")]
    [InlineData("open('requirements.vrf', 'w').write('greeting')", null)]
    [InlineData("os.unlink('requirements.vrf'); os.symlink('other', 'requirements.vrf')", "# none\n")]
    public async Task Nor_for_the_next_of_the_renders_of_an_export(string act, string? requirements)
    {
        await using var server = await StartAsync();
        List<JsonObject> files =
        [
            File("index.qmd", $"# Deck\n\n```{{python}}\nimport os\n{act}\n```\n"),
            File("other", "greeting"),
        ];
        if (requirements is not null)
            files.Add(File("requirements.vrf", requirements));

        var answer = await server.CompileAsync(
            "alpha",
            Request(files).With("exportMode", "presentation").With("allowPythonInstall", true)
        );

        answer.ShouldBe("success").Outputs.ShouldContain("index.pptx");
        _canary.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_in_a_folder_is_not_the_projects()
    {
        await using var server = await StartAsync();
        var request = Request(
            File("parts/index.qmd", "# Words\n\n`{python} 1`"),
            File("parts/requirements.vrf", "greeting")
        );

        await server.CompileAsync("alpha", request.WithRoot("parts/index.qmd").With("allowPythonInstall", true));

        _canary.Requests.ShouldBeEmpty();
    }

    private Task<TestServer> StartAsync(Func<ServerSettings, ServerSettings>? change = null) =>
        TestServer.StartAsync(settings =>
        {
            settings = settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = _canary.Url.ToString() },
            };
            return change?.Invoke(settings) ?? settings;
        });

    private static JsonObject Project() => Request(File("index.qmd", Imports), File("requirements.vrf", "greeting\n"));

    private static IEnumerable<string> BuildFolders(TestServer server) =>
        Directory.Exists(server.Combine("store"))
            ? Directory
                .EnumerateDirectories(server.Combine("store"), "*", SearchOption.AllDirectories)
                .Where(folder =>
                    Path.GetFileName(Path.GetDirectoryName(folder)) is "environments" or "staging" or "wheels"
                )
            : [];
}
