using Verso.Sandboxing;

namespace Verso.Cli.Tests;

/// <summary>
/// Each folder of Cases is a test. Its <c>command</c>, a bash script, runs in a copy of the folder's <c>project</c>
/// with <c>verso</c> on PATH; what it prints and ends with is compared with the <c>expected</c> files, of which an
/// absent one means nothing, or 0. Times, sizes, keys and places are filtered (<see cref="Transcript"/>).
/// <para>With VERSO_ACCEPT=1 the files are written instead: look at what changed before it is committed.</para>
/// </summary>
public sealed class CaseTests(Installation installation)
{
    // In the repository, wherever it was copied to after it was built.
    private static readonly string Cases = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../../../tests/Verso.Cli.Tests/Cases")
    );
    private static readonly string[] NeedNothing =
    [
        "usage",
        "settings-faults",
        "render-folder",
        "render-no-such-file",
        "serve-usage",
    ];
    private static readonly bool Accept = Environment.GetEnvironmentVariable("VERSO_ACCEPT") is "1";

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(Cases).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Prints_what_is_expected(string name)
    {
        if (!NeedNothing.Any(name.StartsWith))
            NeedsSandboxAttribute.SkipUnlessWhole();
        using var place = new TemporaryDirectory();
        var project = Directory.CreateDirectory(place.Combine("project")).FullName;
        var given = Path.Combine(Cases, name, "project");
        if (Directory.Exists(given))
            foreach (var file in Directory.GetFiles(given))
                File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        var command = new ProcessSpec("/bin/bash", "-eu", Path.Combine(Cases, name, "command"))
        {
            WorkingDirectory = project,
            Environment = installation.Variables(place),
            Timeout = TimeSpan.FromMinutes(2),
        };

        var result = await ProcessRunner.RunAsync(command, TestContext.Current.CancellationToken);

        result.End.ShouldBe(ProcessEnd.Exited);
        var transcript = new Transcript(place, installation);
        await CompareAsync(name, "expected.stdout", transcript.Filter(result.Output));
        await CompareAsync(name, "expected.stderr", transcript.Filter(result.Error));
        await CompareAsync(name, "expected.exitcode", result.ExitCode == 0 ? "" : $"{result.ExitCode}\n");
        var leftOvers = Directory.GetFileSystemEntries(place.Path, "verso-*").Select(Path.GetFileName);
        leftOvers.ShouldBeEmpty("work directories were left behind");
    }

    private static async Task CompareAsync(string name, string file, string actual)
    {
        var path = Path.Combine(Cases, name, file);
        if (!Accept)
            actual.ShouldBe(File.Exists(path) ? await File.ReadAllTextAsync(path) : "", $"{name}/{file}");
        else if (actual.Length > 0)
            await File.WriteAllTextAsync(path, actual);
        else
            File.Delete(path);
    }
}
