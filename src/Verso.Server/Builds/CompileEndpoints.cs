using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Accounts;
using Verso.Server.Builds.Running;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Sharing;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>Compiling and exporting a project, and what goes on meanwhile. Whoever may read may compile.</summary>
internal static class CompileEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var project = app.MapGroup("/api/projects/{project}").For(Need.Read);
        project.MapPost("/compile", CompileAsync);
        project.MapPost("/export", ExportAsync);
        project.MapPost("/stop", StopAsync);
        project.MapPost("/clear", ClearAsync);
        project.MapGet("/events", Watch);
    }

    private static Task<IResult> CompileAsync(
        BuildWishes? wishes,
        ProjectAccess access,
        Caller caller,
        ProjectBuilds builds,
        BuildLimits limits,
        BuildAnswers answers,
        HttpContext http,
        CancellationToken cancellationToken
    ) => RunAsync(BuildKind.Compile, wishes, access, caller, builds, limits, answers, http, cancellationToken);

    private static Task<IResult> ExportAsync(
        BuildWishes? wishes,
        ProjectAccess access,
        Caller caller,
        ProjectBuilds builds,
        BuildLimits limits,
        BuildAnswers answers,
        HttpContext http,
        CancellationToken cancellationToken
    ) => RunAsync(BuildKind.Export, wishes, access, caller, builds, limits, answers, http, cancellationToken);

    private static async Task<IResult> RunAsync(
        BuildKind kind,
        BuildWishes? wishes,
        ProjectAccess access,
        Caller caller,
        ProjectBuilds builds,
        BuildLimits limits,
        BuildAnswers answers,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (limits.Enter(caller, access.Project.Id) is { } wait)
            return BuildAnswers.TooOften(wait, http);
        var (result, build) = await builds.RunAsync(access, caller, kind, wishes ?? new(), cancellationToken);
        return await answers.OfAsync(result, build, access, caller, cancellationToken);
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

    private static ServerSentEventsResult<CompileEvent> Watch(
        string project,
        Caller caller,
        ICompileService service,
        CancellationToken cancellationToken
    ) => TypedResults.ServerSentEvents(EventsAsync(project, caller, service, cancellationToken));

    private static async IAsyncEnumerable<SseItem<CompileEvent>> EventsAsync(
        string project,
        Caller caller,
        ICompileService service,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var happened in service.WatchAsync(CompileTarget.Of(project, caller.AccountId), cancellationToken)
        )
            yield return new SseItem<CompileEvent>(happened);
    }
}
