using Microsoft.EntityFrameworkCore;
using Verso.Rendering;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Python;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Builds;

/// <summary>Has the compile service make something of a project, and keeps what came out.</summary>
internal sealed class ProjectCompiles(
    ICompileService service,
    ProjectFiles files,
    ProjectResolution resolutions,
    UntrustedFiles untrusted,
    KeptBuilds kept,
    AuditLog audit,
    WorkspaceContext context,
    TimeProvider time
)
{
    private static readonly CompileResult Gone = new(CompileStatus.Terminated)
    {
        Error = "The project was removed while it was compiled.",
    };

    /// <param name="access">Of this very request: who may install is found out anew for each.</param>
    /// <returns>What came of it, with what was kept; the build is null where nothing came out.</returns>
    public async Task<(CompileResult Result, Build? Build, IReadOnlyList<BuildFile> Files)> RunAsync(
        Caller caller,
        ProjectAccess access,
        BuildKind kind,
        CompileWish wish,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project;
        var target = CompileTarget.Of(project.Id, caller.AccountId);
        if (wish.FromScratch)
            await service.ClearAsync(target, cancellationToken);
        var stored = await resolutions.ReadAsync(project.Id, cancellationToken);
        var request = new CompileRequest(
            new CompileOptions
            {
                AllowPythonInstall = access.MayInstall,
                StopOnFirstError = wish.StopOnFirstError,
                Retry = wish.Retry,
                ExportMode = kind switch
                {
                    BuildKind.Export => ExportMode.Presentation,
                    BuildKind.Publish => ExportMode.Publish,
                    _ => ExportMode.None,
                },
                Owner = await OwnerAsync(project.Id, cancellationToken),
                Resolution = stored?.Resolution,
                UntrustedFiles = await untrusted.PathsAsync(project.Id, project.Version, cancellationToken),
            },
            wish.RootPath ?? project.RootPath,
            await files.OfAsync(project.Id, project.Version, cancellationToken)
        );
        var result = await service.CompileAsync(target, request, cancellationToken);
        if (!await context.Projects.AnyAsync(p => p.Id == project.Id, cancellationToken))
            return (Gone, null, []);
        if (access.MayInstall && result.Environment?.Resolution is { } resolution)
        {
            await resolutions.KeepAsync(project.Id, resolution, unless: stored, cancellationToken);
            if (result.Environment.State == EnvironmentState.Built)
                audit.Add(caller, "python.installed", project.Id, InstalledPackages.Line(resolution));
            await context.SaveChangesAsync(cancellationToken);
        }
        if (result.BuildId is null || result.OutputFiles.Count == 0)
            return (result, null, []);
        var build = new Build
        {
            Id = result.BuildId,
            ProjectId = project.Id,
            Kind = kind,
            AccountId = caller.AccountId,
            Version = project.Version,
            At = time.GetUtcNow(),
            MainPath = MainDocument.Of(result, kind),
            ResultJson = BuildResultJson.Write(result),
        };
        return await kept.KeepAsync(target, build, result.OutputFiles, cancellationToken) is { } outputs
            ? (result, build, outputs)
            : (Gone, null, []);
    }

    private Task<string> OwnerAsync(string projectId, CancellationToken cancellationToken) =>
        context
            .Memberships.Where(m => m.ProjectId == projectId && m.Source == MembershipSource.Owner)
            .Select(m => m.AccountId)
            .SingleAsync(cancellationToken);
}
