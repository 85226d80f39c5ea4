using System.Collections.Concurrent;
using Verso.Environments.Gateway;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Environments.Wheels;

namespace Verso.Environments.Resolving;

/// <summary>
/// Finds what pip would find, in a fraction of the time, where that is plain: each package in its highest version that
/// fits, and nothing that is needed later contradicting it. What comes out must not hang on the order in which pip looks at
/// things: whenever it might, or anything else is odd, the answer is that only pip can tell.
/// </summary>
internal sealed class PlainResolver
{
    private const int AtOnce = 16;
    private const int MostNeeds = 5000;

    private readonly BaseInterpreter _interpreter;
    private readonly GatewayBuild _build;
    private readonly PlainChoice _choice;
    private readonly PlainMarkers _markers;
    private readonly Dictionary<string, string> _base;
    private readonly Dictionary<string, PlainPackage> _packages = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<PlainRelease>> _releases = new();
    private readonly List<PlainNeed> _needs = [];
    private readonly HashSet<(string Project, string Extra)> _expanded = [];

    private PlainResolver(BaseInterpreter interpreter, GatewayBuild build)
    {
        (_interpreter, _build) = (interpreter, build);
        (_choice, _markers) = (new PlainChoice(interpreter), new PlainMarkers(interpreter.MarkerValues));
        _base = interpreter
            .Packages.DistinctBy(package => PackageName.Normalize(package.Key))
            .ToDictionary(package => PackageName.Normalize(package.Key), package => package.Value);
    }

    /// <returns>Null when only pip can tell.</returns>
    /// <exception cref="GatewayException">Something is refused, or not to be had.</exception>
    public static async Task<IReadOnlyList<ResolvedPackage>?> TryResolveAsync(
        RequirementsIdentity wanted,
        GatewayBuild build,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var resolver = new PlainResolver(wanted.Interpreter, build);
            return await resolver.ResolveAsync(PackageMetadata.ParseRequirements(wanted.Lines), cancellationToken);
        }
        catch (Exception e) when (e is OnlyPipCanTellException or WheelException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<ResolvedPackage>> ResolveAsync(
        IReadOnlyList<Requirement> lines,
        CancellationToken cancellationToken
    )
    {
        if (lines.Any(line => PlainMarkers.NamesExtra(line.Marker)))
            throw new OnlyPipCanTellException();
        List<PlainNeed> next =
        [
            .. lines.Where(line => _markers.IsMet(line.Marker, extra: "")).Select(line => PlainNeed.Of(line, by: null)),
        ];
        while (next.Count > 0)
        {
            _needs.AddRange(next);
            // What strangers wrote is read here without the sandbox's limits.
            if (_needs.Count > MostNeeds)
                throw new OnlyPipCanTellException();
            await ChooseAsync(next, cancellationToken);
            next = [.. next.SelectMany(Expand)];
        }
        if (_packages.Count == 0)
            throw new OnlyPipCanTellException();
        foreach (var package in _packages.Values)
            await ConfirmAsync(package, cancellationToken);
        return await ListAsync(cancellationToken);
    }

    private async Task ChooseAsync(List<PlainNeed> needs, CancellationToken cancellationToken)
    {
        var unknown = needs
            .Select(need => need.Project)
            .Distinct()
            .Where(name => !_packages.ContainsKey(name))
            .ToList();
        var chosen = new PlainPackage[unknown.Count];
        await Parallel.ForAsync(
            0,
            unknown.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
                chosen[i] = await ChooseAsync(
                    unknown[i],
                    FirstAsked(needs.Where(need => need.Project == unknown[i])),
                    stop
                )
        );
        foreach (var package in chosen)
            _packages.Add(package.Project, package);
    }

    /// <summary>What pip knows of a project when it looks at it for the first time, at the least.</summary>
    private static List<PlainSpecifiers> FirstAsked(IEnumerable<PlainNeed> needs)
    {
        var first = needs.GroupBy(need => need.Asked).First();
        var asked = first.Where(need => need.By is null).DefaultIfEmpty(first.First());
        return [.. asked.Select(need => need.Specifiers)];
    }

    private async Task<PlainPackage> ChooseAsync(
        string project,
        IReadOnlyList<PlainSpecifiers> asked,
        CancellationToken cancellationToken
    )
    {
        // pip does not even ask for the page of what is there and good enough.
        if (FindInBase(project) is { } present && asked.All(present.Satisfies))
            return present;
        var file = await BestAsync(project, asked, cancellationToken);
        var metadata = PackageMetadata.Read(await _build.ReadMetadataAsync(file, cancellationToken), file.Name);
        if (!_choice.IsForThisPython(metadata.RequiresPython))
            throw new OnlyPipCanTellException();
        var version = PlainVersion.TryParse(PackageVersion.Normalize(metadata.Version));
        return new PlainPackage(project, version, metadata.Requires, file, metadata);
    }

    private async Task<IndexFile> BestAsync(
        string project,
        IReadOnlyList<PlainSpecifiers> asked,
        CancellationToken cancellationToken
    )
    {
        var page = await _build.Pages.FindAsync(project, cancellationToken);
        var releases = _releases.GetOrAdd(project, _ => PlainChoice.Releases(page.Files ?? []));
        return _choice.Best(releases, PlainSpecifiers.All(asked));
    }

    private PlainPackage? FindInBase(string project) =>
        !_base.TryGetValue(project, out var version) ? null
        : _interpreter.Requires.TryGetValue(project, out var requires)
            ? new PlainPackage(
                project,
                PlainVersion.TryParse(PublicPart(version)),
                PackageMetadata.ParseRequirements(requires)
            )
        : throw new OnlyPipCanTellException();

    // 1.0+dfsg is compared as 1.0 with all that says nothing of local versions.
    private static string PublicPart(string version) =>
        PackageVersion.IsValid(version) ? version.Split('+')[0] : version;

    /// <returns>What a package needs, as far as nobody has asked for that yet.</returns>
    private List<PlainNeed> Expand(PlainNeed need)
    {
        var package = _packages[need.Project];
        // What the base offers with extras, and how those are spelt, readers see differently.
        if (
            need.Extras.Any(extra =>
                !PlainMarkers.IsPlainExtra(extra) || package.Metadata?.Extras.Contains(extra) != true
            )
        )
            throw new OnlyPipCanTellException();
        List<PlainNeed> found = [];
        foreach (var extra in need.Extras.Prepend(""))
            if (_expanded.Add((need.Project, extra)))
                found.AddRange(
                    package
                        .Requires.Where(requirement => _markers.IsMet(requirement.Marker, extra))
                        .Select(requirement => PlainNeed.Of(requirement, need.Project))
                );
        if (package.File is null && found.Exists(other => other.Extras.Count > 0))
            throw new OnlyPipCanTellException();
        package.Needs.UnionWith(found.Select(other => other.Project));
        return found;
    }

    /// <summary>
    /// Makes sure that whichever of its needs pip knows when it looks at a project, it chooses this. The requirements'
    /// own it knows from the start, those of other packages may be known or not.
    /// </summary>
    private async Task ConfirmAsync(PlainPackage package, CancellationToken cancellationToken)
    {
        var needs = _needs.FindAll(need => need.Project == package.Project);
        var isRequested = needs.Exists(need => need.By is null);
        // Whether pip takes it for requested hangs on what asks first.
        if (isRequested && needs.Exists(need => need is { By: { } by, Extras.Count: > 0 } && by != package.Project))
            throw new OnlyPipCanTellException();
        foreach (var asked in needs.GroupBy(need => need.Asked))
        {
            var known = asked.Where(need => need.By is null).Select(need => need.Specifiers).ToList();
            if (known.Count > 0)
                await InsistAsync(package, known, cancellationToken);
            foreach (var need in asked.Where(need => need.By is not null))
                if (known.Count == 0)
                    await InsistAsync(package, [need.Specifiers], cancellationToken);
                else if (!package.Satisfies(need.Specifiers))
                    throw new OnlyPipCanTellException();
        }
    }

    private async Task InsistAsync(
        PlainPackage package,
        IReadOnlyList<PlainSpecifiers> asked,
        CancellationToken cancellationToken
    )
    {
        var isOfBase = FindInBase(package.Project) is { } present && asked.All(present.Satisfies);
        if (
            isOfBase != package.File is null
            || !isOfBase && await BestAsync(package.Project, asked, cancellationToken) != package.File
        )
            throw new OnlyPipCanTellException();
    }

    private async Task<IReadOnlyList<ResolvedPackage>> ListAsync(CancellationToken cancellationToken)
    {
        var requested = _needs.Where(need => need.By is null).Select(need => need.Project).ToHashSet();
        var packages = new List<ResolvedPackage>();
        foreach (var package in _packages.Values)
            if (package is { File: { } file, Metadata: { } metadata })
            {
                await _build.FindAsync(package.Project, cancellationToken); // for what is to be remarked of its page
                packages.Add(
                    new ResolvedPackage(
                        metadata.Name,
                        metadata.Version,
                        file,
                        requested.Contains(package.Project),
                        [
                            .. package
                                .Needs.Where(other => other != package.Project)
                                .Select(other => _packages[other].Metadata?.Name)
                                .OfType<string>(),
                        ]
                    )
                );
            }
        return packages;
    }
}
