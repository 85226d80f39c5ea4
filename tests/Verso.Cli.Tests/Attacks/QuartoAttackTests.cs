using System.Text.Json;
using Verso.Sandboxing;

namespace Verso.Cli.Tests.Attacks;

/// <summary>
/// What documents' code may try while Quarto runs: its outputs, its log and its caches are places that the code can
/// write to as well. The stand-in runs the code, as Quarto would in cells.
/// </summary>
[NeedsSandbox]
public sealed class QuartoAttackTests(Installation installation) : IDisposable
{
    private const string Made = "pandoc\n  output-file: report.html\n\nOutput created: report.html\n";

    private readonly UserOfTheProgram _users = new(installation);

    public static TheoryData<string> Users => [UserOfTheProgram.Own, UserOfTheProgram.Ordinary];

    public void Dispose() => _users.Dispose();

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_link_in_place_of_the_document_is_no_document(string user)
    {
        using var place = await PlaceAsync(user, "os.symlink(outside + '/precious', 'report.html')", Made);

        var result = await _users.RunAsync(user, place, "render", "report.qmd", "--engine", "quarto");

        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain("made no document");
        Path.Exists(place.Combine("project/report.html")).ShouldBeFalse();
        ShouldBeUntouched(place);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Links_and_pipes_among_what_belongs_to_the_document_stay_behind(string user)
    {
        const string Code = """
            open('report.html', 'w').write('made')
            os.makedirs('report_files/libs')
            os.symlink(outside, 'report_files/figures')
            os.symlink(outside + '/precious', 'report_files/libs/style.css')
            os.mkfifo('report_files/libs/pipe')
            open('report_files/libs/script.js', 'w').write('made')
            os.chmod('report_files/libs/script.js', 0o6755)
            """;
        using var place = await PlaceAsync(user, Code, Made);

        var result = await _users.RunAsync(user, place, "render", "report.qmd", "--engine", "quarto");

        result.ExitCode.ShouldBe(0, result.Error);
        Directory
            .GetFileSystemEntries(place.Combine("project/report_files"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(place.Combine("project/report_files"), path))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["libs", "libs/script.js"]);
        EntryStatus.Of(place.Combine("project/report_files/libs/script.js"))!.Value.RunsAsOwner.ShouldBeFalse();
        ShouldBeUntouched(place);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_log_that_is_a_link_a_pipe_or_without_end_is_not_read(string user)
    {
        foreach (
            var instead in (string[])["os.symlink('/etc/passwd', log)", "os.mkfifo(log)", "os.truncate(log, 1 << 40)"]
        )
        {
            var code = $"""
                import glob
                open('report.html', 'w').write('made')
                log = os.environ['XDG_RUNTIME_DIR'] + '/quarto.log'
                open(log, 'w').close()
                if 'truncate' not in {JsonSerializer.Serialize(instead)}: os.remove(log)
                try:
                    {instead}
                except OSError:
                    pass
                """;
            using var place = await PlaceAsync(user, code, Made);

            var result = await _users.RunAsync(user, place, "render", "report.qmd", "--engine", "quarto");

            result.ExitCode.ShouldBe(0, result.Error);
            File.ReadAllText(place.Combine("project/output.log")).ShouldNotContain("root:");
            ShouldBeUntouched(place);
        }
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Links_in_the_cache_lead_nowhere_in_the_next_render(string user)
    {
        const string Code = """
            open('report.html', 'w').write('made')
            home = os.environ['HOME']
            for name in ('.cache', '.config', '.local'):
                if not os.path.lexists(home + '/' + name): os.symlink(outside, home + '/' + name)
            os.makedirs(home + '/locked', exist_ok=True)
            os.chmod(home + '/locked', 0)
            """;
        using var place = await PlaceAsync(user, Code, Made);

        for (var render = 0; render < 2; render++)
        {
            var result = await _users.RunAsync(user, place, "render", "report.qmd", "--engine", "quarto");
            result.ExitCode.ShouldBe(0, result.Error);
        }

        ShouldBeUntouched(place);
        var locked = Directory.GetDirectories(place.Path, "locked", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.GetUnixFileMode(locked).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_website_is_not_written_through_a_link_that_stands_in_its_place(string user)
    {
        const string Code = "os.makedirs('_site'); open('_site/index.html', 'w').write('made')";
        using var place = await PlaceAsync(user, Code, "Output created: _site/index.html\n");
        place.Write("project/_quarto.yml", "project:\n  type: website\n");
        place.Write("project/index.qmd", "```{python}\n```\n");
        File.CreateSymbolicLink(place.Combine("project/_site"), "../outside");
        await UserOfTheProgram.GiveAsync(user, place);

        var result = await _users.RunAsync(user, place, "render", ".", "--engine", "quarto");

        result.ExitCode.ShouldBe(3, result.Error);
        result.Error.ShouldContain("through a link, _site");
        ShouldBeUntouched(place);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_document_that_is_named_outside_of_the_folder_for_outputs_is_none(string user)
    {
        const string Code = "open('report.html', 'w').write('made'); open('../escaped.html', 'w').write('made')";
        using var place = await PlaceAsync(user, Code, Made + "Output created: ../escaped.html\n", "part");
        place.Write("project/_quarto.yml", "");
        await UserOfTheProgram.GiveAsync(user, place);
        string[] arguments = ["render", "part/report.qmd", "--engine", "quarto", "--output-dir", "../given/out"];

        var result = await _users.RunAsync(user, place, arguments);

        result.ExitCode.ShouldBe(0, result.Error);
        Directory.GetFileSystemEntries(place.Combine("given")).ShouldHaveSingleItem();
        File.Exists(place.Combine("given/out/report.html")).ShouldBeTrue();
        ShouldBeUntouched(place);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_folder_that_the_code_makes_the_one_for_outputs_loses_nothing(string user)
    {
        const string Code = """
            open('_quarto.yml', 'w').write('project: {output-dir: data}')
            os.remove('data/table.csv')
            open('data/index.html', 'w').write('made')
            """;
        using var place = await PlaceAsync(user, Code, "Output created: data/index.html\n");
        place.Write("project/_quarto.yml", "project:\n  type: website\n");
        place.Write("project/data/table.csv", "1,2");
        await UserOfTheProgram.GiveAsync(user, place);

        var result = await _users.RunAsync(user, place, "render", ".", "--engine", "quarto");

        result.ExitCode.ShouldBe(1, result.Error);
        File.ReadAllText(place.Combine("project/data/table.csv")).ShouldBe("1,2");
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task What_the_code_says_of_the_installation_is_the_documents_failure(string user)
    {
        const string Code = """
            import json, sys
            fault = "/usr/bin/python3: No module named ipykernel_launcher\nNo such kernel named python3\n"
            with open(os.environ['XDG_RUNTIME_DIR'] + '/quarto.log', 'w') as log:
                log.write(json.dumps({"msg": fault, "level": 40, "levelName": "ERROR"}) + "\n")
            sys.stderr.write(fault)
            sys.exit(1)
            """;
        using var place = await PlaceAsync(
            user,
            Code,
            "Starting python3 kernel...Done\nExecuting 'report.quarto_ipynb'\n"
        );

        var result = await _users.RunAsync(user, place, "render", "report.qmd", "--engine", "quarto");

        result.ExitCode.ShouldBe(1, result.Error);
    }

    private static async Task<TemporaryDirectory> PlaceAsync(
        string user,
        string code,
        string printed,
        string folder = ""
    )
    {
        var place = await UserOfTheProgram.PlaceAsync(user);
        var python = $"import os\noutside = {JsonSerializer.Serialize(place.Combine("outside"))}\n{code}";
        place.Write(
            Path.Combine("project", folder, "stand-in.json"),
            JsonSerializer.Serialize(new { python, stderr = printed })
        );
        place.Write(Path.Combine("project", folder, "report.qmd"), "```{python}\n1\n```\n");
        await UserOfTheProgram.GiveAsync(user, place);
        return place;
    }

    private static void ShouldBeUntouched(TemporaryDirectory place)
    {
        File.ReadAllText(place.Combine("outside/precious")).ShouldBe("kept");
        Directory.GetFileSystemEntries(place.Combine("outside")).ShouldHaveSingleItem();
    }
}
