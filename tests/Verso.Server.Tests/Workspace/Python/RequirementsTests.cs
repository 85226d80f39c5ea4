using System.Net;
using System.Text.Json;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.Python;

public sealed class RequirementsTests
{
    [Fact]
    public async Task They_are_read_and_written_onto_what_was_seen()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var empty = await ReadAsync(ada, project);
        empty.GetProperty("text").GetString().ShouldBe("");
        empty.GetProperty("hash").ValueKind.ShouldBe(JsonValueKind.Null);

        var written = (await WriteAsync(ada, project, "pandas>=2\n", onto: null)).ShouldBe().Json;
        written.GetProperty("text").GetString().ShouldBe("pandas>=2\n");
        written.GetProperty("state").GetString().ShouldBe("missing");
        var hash = written.GetProperty("hash").GetString();
        (await WriteAsync(ada, project, "polars\n", hash)).ShouldBe();

        var conflict = (await WriteAsync(ada, project, "numpy\n", hash)).ShouldBe(HttpStatusCode.PreconditionFailed);
        conflict.Json.GetProperty("current").GetProperty("content").GetString().ShouldBe("polars\n");
        (await WriteAsync(ada, project, "numpy\n", onto: null)).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await ada.ReadAsync(project, "requirements.vrf")).ShouldBe("polars\n");
    }

    [Fact]
    public async Task Faults_are_told_by_line_and_nothing_is_written()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        const string Text = "pandas>=2\n--index-url https://evil.example\n\n../wheel.whl\n";

        var refused = (await WriteAsync(ada, project, Text, onto: null)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var @checked = await ada.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/python/requirements/check",
            new { text = Text }
        );

        refused.Problem.ShouldStartWith("Nothing was changed: requirements.vrf:2: pip's options are not allowed");
        foreach (var answer in new[] { refused, @checked.ShouldBe() })
            answer
                .Json.GetProperty("faults")
                .EnumerateArray()
                .Select(fault => fault.GetProperty("line").GetInt32())
                .ShouldBe([2, 4]);
        (await ReadAsync(ada, project)).GetProperty("hash").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("", "plotly>=6", "plotly>=6\n")]
    [InlineData(
        "# charts\nplotly # the old one\n\npandas\n",
        "seaborn",
        "# charts\nplotly # the old one\n\npandas\nseaborn\n"
    )]
    [InlineData("pandas", "seaborn", "pandas\nseaborn\n")]
    [InlineData("pandas\r\n", "seaborn", "pandas\r\nseaborn\r\n")]
    [InlineData("Scikit_Learn==1.5 # pinned\n", "scikit-learn", "Scikit_Learn==1.5 # pinned\n")]
    public async Task A_line_is_added_once_and_the_rest_stays_as_it_is(string before, string line, string after)
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        if (before.Length > 0)
            (await WriteAsync(ada, project, before, onto: null)).ShouldBe();

        for (var i = 0; i < 2; i++)
            (await AddAsync(ada, project, line)).ShouldBe().Json.GetProperty("text").GetString().ShouldBe(after);

        (await ada.ReadAsync(project, "requirements.vrf")).ShouldBe(after);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Lines_that_are_added_at_once_are_all_there(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        string[] names = ["altair", "bokeh", "plotly"];

        foreach (var answer in await Task.WhenAll(names.Select(name => AddAsync(ada, project, name))))
            answer.ShouldBe();

        (await ada.ReadAsync(project, "requirements.vrf")).Split('\n').Order().ShouldBe(["", .. names]);
    }

    [Theory]
    [InlineData("pandas\nrequests", "Nothing was added: Add one line at a time.")]
    [InlineData("# nothing", "Nothing was added: The line names no package.")]
    [InlineData("-r other.txt", "Nothing was added: pip's options are not allowed")]
    [InlineData("pandas @ https://evil.example/p.whl", "Nothing was added: addresses are not allowed")]
    public async Task What_is_no_requirement_is_not_added(string line, string sentence)
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();

        (await AddAsync(ada, project, line))
            .ShouldBe(HttpStatusCode.UnprocessableEntity)
            .Problem.ShouldStartWith(sentence);

        (await ReadAsync(ada, project)).GetProperty("hash").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    /// <summary>Else what they write would be installed by the next render of somebody who may.</summary>
    [Theory]
    [InlineData("link editor")]
    [InlineData("signed out, with the edit link")]
    [InlineData("invited viewer")]
    [InlineData("owner's token without the scope")]
    public async Task Who_does_not_pass_the_gate_changes_nothing_that_others_install(string who)
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Sharing = settings.Sharing with { AnonymousReadAndWrite = true },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        var hash = (await WriteAsync(ada, project, "pandas\n", onto: null)).Json.GetProperty("hash").GetString();
        var link = await ada.LinkAsync(project, "edit");
        if (who == "link editor")
            await grace.OpenLinkAsync(link);
        else if (who == "invited viewer")
            await ada.TakeInAsync(project, grace, "viewer");
        using var person =
            who == "signed out, with the edit link" ? server.Anonymous(link)
            : who == "owner's token without the scope" ? await ada.WithTokenAsync("read", "write")
            : grace;
        var seen = await ReadAsync(person, project);
        seen.GetProperty("text").GetString().ShouldBe("pandas\n");
        seen.GetProperty("mayEdit").GetBoolean().ShouldBeFalse();

        (await WriteAsync(person, project, "evil\n", hash)).ShouldBe(HttpStatusCode.Forbidden);
        (await AddAsync(person, project, "evil")).ShouldBe(HttpStatusCode.Forbidden);
        (await person.WriteAsync(project, "requirements.vrf", "evil\n")).ShouldBe(HttpStatusCode.Forbidden);
        (await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/python/environment/refresh")).ShouldBe(
            HttpStatusCode.Forbidden
        );

        (await ada.ReadAsync(project, "requirements.vrf")).ShouldBe("pandas\n");
    }

    [Fact]
    public async Task Names_of_private_wheels_are_proposed_to_those_who_may_install_them()
    {
        using var wheelhouse = new TemporaryDirectory();
        new TestWheel("plot-secrets", "1.0").WriteTo(wheelhouse.Path);
        new TestWheel("plot-denied", "1.0").WriteTo(wheelhouse.Path);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with
                {
                    Upstream = "https://pypi.org/simple/",
                    Wheelhouses = [wheelhouse.Path],
                    DeniedNames = ["plot-denied"],
                },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        (await WriteAsync(ada, project, "Plot.Own\n", onto: null)).ShouldBe();
        await grace.OpenLinkAsync(await ada.LinkAsync(project, "edit"));

        var hers = await NamesAsync(ada);
        var graces = await NamesAsync(grace);

        hers.ShouldBe(["plot-own", "plot-secrets", .. graces.Skip(1)]);
        graces[0].ShouldBe("plot-own");
        graces.ShouldContain("plotly");
        graces.ShouldNotContain("plot-secrets");

        async Task<List<string>> NamesAsync(Person person) =>
            [
                .. (await person.GetAsync($"/api/projects/{project}/python/packages?query=Plot"))
                    .EnumerateArray()
                    .Select(name => name.GetString()!),
            ];
    }

    private static Task<JsonElement> ReadAsync(Person person, string project) =>
        person.GetAsync($"/api/projects/{project}/python/requirements");

    private static Task<Answer> WriteAsync(Person person, string project, string text, string? onto) =>
        person.SendAsync(HttpMethod.Put, $"/api/projects/{project}/python/requirements", new { text, onto });

    private static Task<Answer> AddAsync(Person person, string project, string line) =>
        person.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/python/requirements/add",
            new { requirement = line }
        );
}
