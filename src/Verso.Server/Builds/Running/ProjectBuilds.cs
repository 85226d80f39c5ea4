using Verso.Rendering;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Python;
using Verso.Server.Sharing;

namespace Verso.Server.Builds.Running;

/// <summary>
/// Compiles, exports and publishes a project for somebody. The gate's answer goes with each, as it is at that moment, and
/// comes from nowhere else.
/// </summary>
internal sealed class ProjectBuilds(
    ICompileService service,
    ProjectResources resources,
    BuildKeeper keeper,
    ProjectEnvironments environments
)
{
    /// <param name="access">The caller's, found out for this request.</param>
    /// <returns>What came of it, and the build if outputs were kept.</returns>
    public async Task<(CompileResult Result, Build? Build)> RunAsync(
        ProjectAccess access,
        Caller caller,
        BuildKind kind,
        BuildWishes wishes,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project;
        var target = CompileTarget.Of(project.Id, caller.AccountId);
        var request = new CompileRequest(
            new CompileOptions
            {
                AllowPythonInstall = access.MayInstall,
                ExportMode = kind switch
                {
                    BuildKind.Export => ExportMode.Presentation,
                    BuildKind.Publish => ExportMode.Publish,
                    _ => ExportMode.None,
                },
                Owner = await environments.OwnerAsync(project.Id, cancellationToken),
                Resolution = await environments.ResolutionAsync(project.Id, cancellationToken),
                StopOnFirstError = wishes.StopOnFirstError,
                Retry = wishes.Retry && access.MayInstall,
            },
            wishes.RootPath ?? project.RootPath,
            await resources.OfAsync(project.Id, cancellationToken)
        );
        var result = await service.CompileAsync(target, request, cancellationToken);
        if (access.MayInstall && result.Environment is { Resolution: { } resolution } environment)
            await environments.KeepAsync(
                project.Id,
                caller,
                resolution,
                installed: environment.State == EnvironmentState.Built,
                cancellationToken
            );
        var build = result.BuildId is null
            ? null
            : await keeper.KeepAsync(target, project, caller, kind, result, cancellationToken);
        return (result, build);
    }
}
