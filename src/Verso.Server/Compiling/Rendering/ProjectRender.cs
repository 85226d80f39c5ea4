using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Rendering.Caching;
using Verso.Rendering.Engines;
using Verso.Sandboxing;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Sync;
using Verso.Server.Settings;

namespace Verso.Server.Compiling.Rendering;

/// <summary>Renders a synced project's document in each format that is wanted, and gathers what comes out in one folder.</summary>
internal sealed class ProjectRender(
    ServerSettings settings,
    EnvironmentStore environments,
    ModuleSources modules,
    CompileLayout layout,
    TimeProvider time
)
{
    /// <param name="root">The document, relative to the project.</param>
    /// <param name="output">A folder that the outputs are put into.</param>
    /// <param name="running">Told, for each render, when its environment is there.</param>
    public async Task<RenderedProject> RenderAsync(
        CompileTarget target,
        CompileOptions options,
        string root,
        string output,
        IProgress<RenderProgress> progress,
        Action running,
        CancellationToken cancellationToken
    )
    {
        var folders = layout.Of(target.Name);
        var sandbox = SandboxOf(target);
        var engine = EngineSelection.Choose(
            settings.Rendering with
            {
                CacheDirectory = folders.Caches, // which goes when the target is cleared
            },
            sandbox,
            time
        );
        var renderer = new Renderer(environments, engine, sandbox, time, modules);
        // One for all people of a project, whose folders differ.
        var kept = new ProjectResolutions(new StoreLayout(settings.Environments));
        var project = Path.Combine(layout.Projects, target.Project);
        var request = new RenderRequest(Path.Combine(folders.Project, root), output, options.AllowPythonInstall)
        {
            Project = folders.Project,
            Person = target.User ?? "",
            Owner = options.Owner ?? $"project {target.Project}",
            Resolution = options.Resolution ?? kept.Find(project),
            UntrustedFiles = options.UntrustedFiles ?? [],
            Retry = options.Retry,
            ReusesRuns = options.ExportMode == ExportMode.None,
            Acquired = async environment =>
            {
                await DropCachesOfOthersAsync(folders, target, options, environment);
                running();
            },
        };
        var rendered = new RenderedProject(output);
        var requirements = GivenRequirements.Of(folders.Project);
        foreach (var wanted in ExportPlan.Of(options.ExportMode, request, engine))
        {
            await requirements.PutBackAsync(cancellationToken);
            var result = await renderer.RenderAsync(wanted, progress, cancellationToken);
            rendered.Accept(result);
            if (result.Resolution is { } resolution && resolution != request.Resolution)
                kept.Keep(project, resolution);
        }
        if (options.ExportMode == ExportMode.Publish)
            rendered.NameStartPage();
        rendered.WriteLog();
        return rendered;
    }

    private Sandbox SandboxOf(CompileTarget target)
    {
        var render = settings.Sandbox.Render;
        if (target.IsAnonymous)
            render = render with
            {
                MemoryMiB = Math.Min(render.MemoryMiB, settings.Compile.Anonymous.MemoryMiB),
                DiskMiB = Math.Min(render.DiskMiB, settings.Compile.Anonymous.DiskMiB),
            };
        return new Sandbox(settings.Sandbox with { Render = render });
    }

    // Quarto's caches in the project hold what cells computed: another gate's answer, or other packages, must not see it.
    private async Task DropCachesOfOthersAsync(
        TargetFolders folders,
        CompileTarget target,
        CompileOptions options,
        EnvironmentOutcome environment
    )
    {
        var key = new RenderCacheKey(
            target.Project,
            target.User ?? "",
            options.AllowPythonInstall,
            (environment as EnvironmentOutcome.Leased)?.Environment.Key
        ).ToHash();
        var state = TargetState.TryLoad(folders.State) ?? TargetState.Empty;
        if (state.CacheKey == key)
            return;
        await using (var trash = new Trash(layout))
            await new Leftovers([.. state.Files.Keys], keepCaches: false).RemoveAsync(folders.Project, trash);
        (state with { CacheKey = key }).Save(folders.State);
    }
}
