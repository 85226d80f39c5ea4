using System.Text;
using System.Text.RegularExpressions;
using Verso.Environments.Store;
using Verso.Rendering.Caching;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>
/// Renders with Quarto, documents and whole projects, in a copy of the project: outputs take their places when all is
/// well, so that a render that fails leaves the earlier ones as they are.
/// </summary>
public sealed partial class QuartoEngine(
    QuartoProgram program,
    string cacheDirectory,
    Sandbox sandbox,
    TimeProvider time
) : IEngine
{
    private const int MaxLogBytes = 64 << 20;

    private readonly RenderCaches _caches = new(cacheDirectory, time);

    public string Name => "quarto";

    public string? Refuse(RenderRequest request)
    {
        if (request.Format is { } format && !FormatName().IsMatch(format))
            return $"'{format}' is no format's name.";
        return Directory.Exists(request.Target) && !File.Exists(Path.Combine(request.Target, QuartoProject.FileName))
            ? $"'{request.Target}' is no Quarto project; it has no {QuartoProject.FileName}."
            : null;
    }

    public Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken) =>
        QuartoSources.ReadAsync(target, cancellationToken);

    public async Task<EngineResult> RenderAsync(
        EngineRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var cache = await _caches.OpenAsync(RenderCacheKey.Of(request), request.HomeDirectory);
        await using var project = new WritableProject(request.ProjectDirectory, sandbox, apart: true);
        var call = new QuartoCall(program, request, project, cache.Folder, sandbox);
        call.Prepare();
        // As Quarto does, before any of the documents' code could change it.
        var settings = QuartoProject.Read(request.ProjectDirectory);
        var printed = new StringBuilder();
        var started = time.GetTimestamp();
        var result = await sandbox.RunAsync(
            call.Spec(new QuartoProgress(printed, progress).Accept),
            call.Profile(),
            cancellationToken
        );
        var timings = new Dictionary<string, double>
        {
            ["quarto"] = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1),
        };
        var run = new QuartoRun(request.ProjectDirectory, request.Documents, request.Advisor, result.Process.ExitCode)
        {
            File = call.Document,
            Overrun = result.Succeeded ? null : result.Explanation,
        };
        var log = new QuartoMessages(ReadLog(call.LogFile), printed.ToString());
        var entries = log.Entries(run).ToList();
        var outputs = result.Succeeded ? QuartoOutputs.Find(log.Lines, project, settings, call.Document) : [];
        if (result.Succeeded && outputs.Count == 0)
            entries.Add(
                new LogEntry(
                    EntryLevel.Error,
                    "Quarto ended well, but made no document where it said that one would be.",
                    File: call.Document
                )
            );
        foreach (var entry in entries)
            printed.AppendLine(entry.ToString());
        return new EngineResult(
            Settle(outputs, request, project, settings, call.Document),
            FolderOf(request, settings, call.Document),
            entries,
            printed.ToString(),
            timings,
            IsInstallationFault: entries.Any(entry =>
                entry is { Level: EntryLevel.Error, Advice.Kind: AdviceKind.Installation }
            )
        );
    }

    // Takes the outputs out of the copy, which is gone after the render, and brings back what else changed.
    private static List<EngineOutput> Settle(
        IReadOnlyList<(string Path, OutputKind Kind)> outputs,
        EngineRequest request,
        WritableProject project,
        QuartoProject settings,
        string? document
    )
    {
        if (
            outputs.Count > 0
            && (document, request.Render.OutputDirectory, settings.OutputFolder) is (null, null, { } made)
        )
            project.RemoveGone(made);
        var folder = FolderOf(request, settings, document);
        var settled = new List<EngineOutput>();
        foreach (var (path, kind) in outputs)
        {
            var place = Path.Combine(project.Root, path);
            if (project.IsCopy)
            {
                var aside = Path.Combine(request.WorkDirectory, "outputs", path);
                Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
                File.Move(place, aside);
                place = aside;
            }
            var name = Path.GetRelativePath(folder, Path.Combine(request.ProjectDirectory, path));
            settled.Add(new EngineOutput(place, name, kind));
        }
        project.BringBack(except: path => QuartoOutputs.IsMade(path, settings, document));
        return settled;
    }

    private static string FolderOf(EngineRequest request, QuartoProject settings, string? document) =>
        Path.TrimEndingDirectorySeparator(Path.Combine(request.ProjectDirectory, settings.FolderFor(document)));

    private static string ReadLog(string path)
    {
        using var file = RegularFile.Open(path);
        if (file is null || file.Length > MaxLogBytes)
            return "";
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    // Nothing that could be taken for an option.
    [GeneratedRegex(@"^[A-Za-z][\w.,+-]*\z")]
    private static partial Regex FormatName();
}
