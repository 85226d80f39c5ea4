using Verso.Server.Accounts;
using Verso.Server.Builds.Content;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Builds;

/// <summary>A build as it is answered.</summary>
/// <param name="Id">Empty when it came to nothing that is kept.</param>
/// <param name="Error">A sentence, where there is more to say than the status does.</param>
/// <param name="Version">The project's, that was compiled.</param>
/// <param name="MainPath">The document, among the files; null when none came out.</param>
/// <param name="MainUrl">Where the document is to be had.</param>
/// <param name="Timings">Milliseconds by stage.</param>
internal sealed record BuildAnswer(
    string Id,
    CompileStatus Status,
    string? Error,
    int Version,
    DateTimeOffset At,
    string? MainPath,
    string? MainUrl,
    IReadOnlyList<BuildAnswer.File> Files,
    IReadOnlyList<ReportedEntry> Entries,
    EnvironmentReport? Environment,
    IReadOnlyDictionary<string, double> Timings
)
{
    /// <param name="Type">Its name's extension.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Url">Where it is to be had for a while, without a cookie.</param>
    internal sealed record File(string Path, string Type, long Size, string Url);

    public static BuildAnswer Of(
        Build build,
        IEnumerable<BuildFile> files,
        CompileResult result,
        ContentAddress addresses,
        Caller viewer
    )
    {
        var beginning = addresses.Of(build.Id, viewer);
        return new BuildAnswer(
            build.Id,
            result.Status,
            result.Error,
            build.Version,
            build.At,
            build.MainPath,
            build.MainPath is null ? null : ContentAddress.Of(beginning, build.MainPath),
            [
                .. files
                    .OrderBy(file => file.Path, StringComparer.Ordinal)
                    .Select(file => new File(
                        file.Path,
                        Path.GetExtension(file.Path).TrimStart('.').ToLowerInvariant(),
                        file.Size,
                        ContentAddress.Of(beginning, file.Path)
                    )),
            ],
            result.LogEntries,
            WithoutPins(result.Environment),
            result.Timings
        );
    }

    /// <summary>Of one that came to nothing.</summary>
    public static BuildAnswer OfNothing(CompileResult result, int version, DateTimeOffset at) =>
        new(
            "",
            result.Status,
            result.Error,
            version,
            at,
            null,
            null,
            [],
            result.LogEntries,
            WithoutPins(result.Environment),
            result.Timings
        );

    private static EnvironmentReport? WithoutPins(EnvironmentReport? environment) =>
        environment is null ? null : environment with { Resolution = null };
}
