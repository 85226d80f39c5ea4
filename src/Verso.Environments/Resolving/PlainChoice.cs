using Verso.Environments.Gateway;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Interpreters;
using Verso.Environments.Wheels;

namespace Verso.Environments.Resolving;

/// <summary>Which of a project's files pip takes first: the highest final release that fits, its best wheel.</summary>
internal sealed class PlainChoice
{
    private readonly PlainVersion _python;
    private readonly WheelTags _tags;

    /// <exception cref="OnlyPipCanTellException">The interpreter itself is a pre-release.</exception>
    public PlainChoice(BaseInterpreter interpreter) =>
        (_python, _tags) = (
            PlainVersion.TryParse(interpreter.Version) ?? throw new OnlyPipCanTellException(),
            new WheelTags(interpreter)
        );

    public bool IsForThisPython(PlainSpecifiers requiresPython) => requiresPython.Accept(_python);

    /// <param name="files">Of one project.</param>
    /// <returns>Its final releases, the highest first.</returns>
    /// <exception cref="OnlyPipCanTellException">It has versions, or files, that pip has rules of its own for.</exception>
    public static IReadOnlyList<PlainRelease> Releases(IReadOnlyList<IndexFile> files)
    {
        // A yanked one is shown to whoever pinned it; pip ranks it by rules of its own.
        if (files.Any(file => file.Yanked is not null))
            throw new OnlyPipCanTellException();
        return
        [
            .. files
                .GroupBy(file => PackageVersion.Normalize(file.Name.Version))
                .Select(release => (Version: FinalVersion(release.Key), Files: release))
                .Where(release => release.Version is not null)
                .Select(release => new PlainRelease(release.Version!, [.. release.Files]))
                .OrderByDescending(release => release.Version, Comparer<PlainVersion>.Create(PlainVersion.Compare)),
        ];
    }

    /// <exception cref="OnlyPipCanTellException">There is none, or it is not plain which.</exception>
    public IndexFile Best(IReadOnlyList<PlainRelease> releases, PlainSpecifiers specifiers)
    {
        foreach (var release in releases)
            if (specifiers.Accept(release.Version) && Usable(release.Files) is [_, ..] usable)
                return BestWheel(usable);
        throw new OnlyPipCanTellException();
    }

    /// <returns>Null for a pre-release, which is passed over as long as there is something else.</returns>
    private static PlainVersion? FinalVersion(string version) =>
        PlainVersion.TryParse(version) is { } final ? final
        // Neither 1!1.0 nor 1.0+local, which is a 1.0 too, and a better one.
        : PackageVersion.IsValid(version) && !version.Contains('!') && !version.Contains('+') ? null
        : throw new OnlyPipCanTellException();

    private List<(IndexFile File, WheelFileName Wheel)> Usable(IEnumerable<IndexFile> files) =>
        [
            .. files
                .Select(file => (File: file, Wheel: WheelFileName.Parse(file.Name.FileName)))
                .Where(entry => _tags.Fits(entry.Wheel))
                .Where(entry => IsForThisPython(PlainSpecifiers.OfList(entry.File.RequiresPython))),
        ];

    private IndexFile BestWheel(List<(IndexFile File, WheelFileName Wheel)> usable)
    {
        var best = _tags.Best(usable.Select(entry => entry.Wheel)) ?? throw new OnlyPipCanTellException();
        return usable.Find(entry => entry.Wheel == best).File;
    }
}

/// <summary>The files of one version.</summary>
internal sealed record PlainRelease(PlainVersion Version, IReadOnlyList<IndexFile> Files);
