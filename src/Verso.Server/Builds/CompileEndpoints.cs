using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Accounts;
using Verso.Server.Builds.Content;
using Verso.Server.Compiling;
using Verso.Server.Sharing;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>Compiling and exporting a project, and stopping that. Whoever may read may compile.</summary>
internal static class CompileEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var project = app.MapGroup("/api/projects/{project}").For(Need.Read);
        project.MapPost("compile", CompileAsync).Limited();
        project.MapPost("stop", StopAsync);
        project.MapPost("clear", ClearAsync);
        project.MapPost("export", ExportAsync).Limited();
    }

    /// <param name="Format"><c>presentation</c>: the deck as HTML, PDF and PowerPoint.</param>
    internal sealed record ExportWish(string Format = "presentation");

    private static Task<Ok<BuildAnswer>> CompileAsync(
        CompileWish? wish,
        Caller caller,
        ProjectAccess access,
        ProjectCompiles compiles,
        ContentAddress addresses,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => MakeAsync(BuildKind.Compile, wish ?? new(), caller, access, compiles, addresses, time, cancellationToken);

    private static async Task<Results<Ok<BuildAnswer>, ProblemHttpResult>> ExportAsync(
        ExportWish? wish,
        Caller caller,
        ProjectAccess access,
        ProjectCompiles compiles,
        ContentAddress addresses,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        wish is null or { Format: "presentation" }
            ? await MakeAsync(
                BuildKind.Export,
                new CompileWish(),
                caller,
                access,
                compiles,
                addresses,
                time,
                cancellationToken
            )
            : Problems.Invalid("There is no such format; there is: presentation.");

    private static async Task<Ok<BuildAnswer>> MakeAsync(
        BuildKind kind,
        CompileWish wish,
        Caller caller,
        ProjectAccess access,
        ProjectCompiles compiles,
        ContentAddress addresses,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (result, build, files) = await compiles.RunAsync(caller, access, kind, wish, cancellationToken);
        return TypedResults.Ok(
            build is null
                ? BuildAnswer.OfNothing(result, access.Project.Version, time.GetUtcNow())
                : BuildAnswer.Of(build, files, result, addresses, caller)
        );
    }

    private static async Task<NoContent> StopAsync(
        string project,
        Caller caller,
        ICompileService service,
        CancellationToken cancellationToken
    )
    {
        await service.StopAsync(CompileTarget.Of(project, caller.AccountId), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ClearAsync(
        string project,
        Caller caller,
        ICompileService service,
        CancellationToken cancellationToken
    )
    {
        await service.ClearAsync(CompileTarget.Of(project, caller.AccountId), cancellationToken);
        return TypedResults.NoContent();
    }
}
