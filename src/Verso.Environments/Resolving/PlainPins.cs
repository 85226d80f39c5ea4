using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verso.Environments.Gateway;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Resolving;

/// <summary>
/// Requirements that leave nothing to choose: every line an exact version, one best wheel for each, and all that these
/// need among them or in the base. A small program then finds what pip would find, in a fraction of the time.
/// Whenever something is not plain, the answer is that only pip can tell.
/// </summary>
internal sealed partial class PlainPins(Sandbox sandbox)
{
    private const int AtOnce = 16;

    private static readonly string Script = EmbeddedText.Read("check_pins.py");

    /// <returns>Null when only pip can tell.</returns>
    /// <exception cref="GatewayException">Something is refused, or not to be had.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<IReadOnlyList<ResolvedPackage>?> TryResolveAsync(
        RequirementsIdentity wanted,
        GatewayBuild build,
        CancellationToken cancellationToken
    )
    {
        var pins = wanted.Lines.Select(line => PlainPin().Match(line)).ToList();
        if (
            pins.Count == 0
            || pins.Exists(pin => !pin.Success)
            || pins.DistinctBy(pin => pin.Groups["name"].Value).Count() < pins.Count
        )
            return null;
        var found = new Candidate?[pins.Count];
        await Parallel.ForAsync(
            0,
            pins.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
                found[i] = await FindAsync(
                    pins[i].Groups["name"].Value,
                    pins[i].Groups["version"].Value,
                    wanted.Interpreter,
                    build,
                    stop
                )
        );
        var candidates = found.OfType<Candidate>().ToList();
        if (candidates.Count < pins.Count)
            return null;
        var chosen = await CheckAsync(candidates, wanted.Interpreter, cancellationToken);
        return chosen is null
            ? null
            :
            [
                .. chosen.Select(choice => new ResolvedPackage(
                    choice.Name,
                    choice.Version,
                    candidates.Find(candidate => candidate.Project == choice.Project)!.File!,
                    Requested: true,
                    choice.Needs
                )),
            ];
    }

    private static async Task<Candidate?> FindAsync(
        string project,
        string version,
        BaseInterpreter interpreter,
        GatewayBuild build,
        CancellationToken cancellationToken
    )
    {
        if (IsInBase(project, version, interpreter))
            return new Candidate(project, version, File: null, Metadata: ""); // pip does not even ask for its page
        var page = (await build.Pages.FindAsync(project, cancellationToken)).Files ?? [];
        var file = TryChoose([.. page.Where(file => IsOf(version, file.Name))], interpreter.Tags);
        return file is null
            ? null
            : new Candidate(
                project,
                version,
                file,
                Encoding.UTF8.GetString(await build.ReadMetadataAsync(file, cancellationToken))
            );
    }

    private static bool IsInBase(string project, string version, BaseInterpreter interpreter) =>
        interpreter.Packages.Any(package =>
            PackageName.Normalize(package.Key) == project
            && PackageVersion.Normalize(package.Value) == PackageVersion.Normalize(version)
        );

    // To pip, 1.0+local is a version 1.0 too, and a better one.
    private static bool IsOf(string version, DistributionName file) =>
        PackageVersion.Normalize(file.Version.Split('+')[0]) == PackageVersion.Normalize(version);

    private static IndexFile? TryChoose(IReadOnlyList<IndexFile> files, IReadOnlyList<string> tags)
    {
        if (files.Any(file => file.Yanked is not null || file.Name.Version.Contains('+')))
            return null;
        var ranks = tags.Select((tag, rank) => (tag, rank)).ToDictionary(entry => entry.tag, entry => entry.rank);
        var usable = files
            .Select(file => (File: file, Rank: file.Name.Tags.Min(tag => ranks.GetValueOrDefault(tag, int.MaxValue))))
            .Where(entry => entry.Rank < int.MaxValue)
            .OrderBy(entry => entry.Rank)
            .ToList();
        return usable is [var best, ..] && usable.Count(entry => entry.Rank == best.Rank) == 1 ? best.File : null;
    }

    private async Task<IReadOnlyList<Choice>?> CheckAsync(
        IReadOnlyList<Candidate> candidates,
        BaseInterpreter interpreter,
        CancellationToken cancellationToken
    )
    {
        var spec = new ProcessSpec(interpreter.Path, "-I", "-c", Script)
        {
            Input = JsonSerializer.Serialize(
                new
                {
                    Pins = candidates.ToDictionary(
                        candidate => candidate.Project,
                        candidate => new
                        {
                            candidate.Version,
                            candidate.File?.RequiresPython,
                            candidate.Metadata,
                        }
                    ),
                    Base = interpreter
                        .Packages.DistinctBy(package => PackageName.Normalize(package.Key))
                        .ToDictionary(package => PackageName.Normalize(package.Key), package => package.Value),
                },
                StoreJson.Options
            ),
        };
        var profile = SandboxProfile.Build(sandbox.Options) with { ReadOnly = interpreter.FoldersOutsideSystem };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        return result.Succeeded
            ? JsonSerializer.Deserialize<IReadOnlyList<Choice>?>(result.Process.Output, StoreJson.Options)
            : null;
    }

    // Pre-releases, development releases, epochs and local versions have rules of their own.
    [GeneratedRegex(@"\A(?<name>[a-z0-9-]+)==(?<version>[0-9]+(\.[0-9]+)*(\.post[0-9]+)?)\z")]
    private static partial Regex PlainPin();

    private sealed record Candidate(string Project, string Version, IndexFile? File, string Metadata);

    private sealed record Choice(string Project, string Name, string Version, IReadOnlyList<string> Needs);
}
