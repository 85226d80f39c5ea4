using System.Text.RegularExpressions;
using Verso.Environments.Store;
using Verso.Rendering.Caching;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;
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
        // As Quarto reads it, before any of the documents' code could change it.
        var settings = QuartoProject.Read(request.ProjectDirectory);
        if (settings.Fault is { } fault)
            return new EngineResult(
                [],
                request.ProjectDirectory,
                [fault],
                $"{fault}\n",
                new Dictionary<string, double>()
            );
        await using var cache = await _caches.OpenAsync(CacheKey(request), request.HomeDirectory);
        await using var project = await WritableProject.CreateAsync(
            request.ProjectDirectory,
            sandbox,
            cancellationToken,
            apart: true
        );
        var call = new QuartoCall(program, request, project, cache.Folder, sandbox);
        call.Prepare();
        var printed = new PrintedText();
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
            CodeRan = settings.HasScripts,
            IsInstalled = name => ProgramPath.TryFind(name) is not null,
        };
        var log = new QuartoMessages(ReadLog(call.LogFile), printed.ToString());
        var entries = log.Entries(run).ToList();
        var made = QuartoOutputs.Find(log.Lines, project, settings, call.Document);
        if (result.Succeeded && made.Count == 0)
            entries.Add(
                new LogEntry(
                    EntryLevel.Error,
                    "Quarto ended well, but made no document where it said that one would be.",
                    File: call.Document
                )
            );
        var settling = new QuartoSettling(request, project, settings, call.Document);
        var (outputs, gone) = result.Succeeded ? (settling.Take(made), settling.Gone(made)) : ([], []);
        entries.AddRange(settling.BringBack(made, failed: outputs.Count == 0));
        foreach (var entry in entries)
            printed.AppendLine(entry.ToString());
        return new EngineResult(
            outputs,
            settling.Folder,
            entries,
            printed.ToString(),
            timings,
            IsInstallationFault: entries.Any(entry =>
                entry is { Level: EntryLevel.Error, Advice.Kind: AdviceKind.Installation }
            )
        )
        {
            Gone = gone,
        };
    }

    private static RenderCacheKey CacheKey(EngineRequest request) =>
        new(
            request.ProjectDirectory,
            request.Render.Person,
            request.Render.AllowInstall,
            (request.Environment as EnvironmentOutcome.Leased)?.Environment.Key
        );

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
