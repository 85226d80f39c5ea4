using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Builds;
using Verso.Server.Projects;
using Verso.Server.Projects.Changes;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Python.Installing;

/// <summary>What there is of a project's environment, and having it built by those who pass the gate.</summary>
internal static class EnvironmentEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var environment = app.MapGroup("/api/projects/{project}/python/environment").For(Need.Read);
        environment.MapGet("", LookAsync);
        environment.MapPost("build", BuildAsync).Limited();
        environment.MapPost("retry", RetryAsync).Limited();
        environment.MapPost("refresh", RefreshAsync).Limited();
        environment.MapPost("accept", AcceptAsync);
    }

    /// <param name="Version">The project's, that the caller has read.</param>
    internal sealed record Acceptance(int Version);

    private static async Task<Ok<Packages>> LookAsync(
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await environment.LookAsync(caller, access, cancellationToken));

    private static Task<Results<Ok<Packages>, ProblemHttpResult>> BuildAsync(
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        CancellationToken cancellationToken
    ) => InstallAsync(retry: false, caller, access, environment, cancellationToken);

    private static Task<Results<Ok<Packages>, ProblemHttpResult>> RetryAsync(
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        CancellationToken cancellationToken
    ) => InstallAsync(retry: true, caller, access, environment, cancellationToken);

    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> InstallAsync(
        bool retry,
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        if (InstallRefusal.Of(caller, access) is { } refusal)
            return Problems.Forbidden(refusal);
        await environment.BuildAsync(caller, access, retry, cancellationToken);
        return TypedResults.Ok(await environment.LookAsync(caller, access, cancellationToken));
    }

    // It moves the versions that everybody's renders have, so it takes what changing the lines takes.
    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> RefreshAsync(
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (!access.MayEditRequirements)
            return Problems.Forbidden(InstallRefusal.Of(caller, access) ?? ProjectChanges.RequirementsRefusal);
        if (await environment.RefreshAsync(access, cancellationToken) is { } fault)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, fault);
        audit.Add(caller, "python.refreshed", access.Project.Id);
        await context.SaveChangesAsync(cancellationToken);
        await environment.BuildAsync(caller, access, retry: true, cancellationToken);
        return TypedResults.Ok(await environment.LookAsync(caller, access, cancellationToken));
    }

    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> AcceptAsync(
        Acceptance acceptance,
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        AccessRules rules,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (!access.MayEditRequirements)
            return Problems.Forbidden(InstallRefusal.Of(caller, access) ?? ProjectChanges.RequirementsRefusal);
        var outcome = await environment.AcceptAsync(caller, access, acceptance.Version, cancellationToken);
        if (outcome is not ChangeOutcome.Committed)
            return await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);
        var now = await rules.OfAsync(caller, access.Project.Id, cancellationToken); // of the version that this made
        return TypedResults.Ok(await environment.LookAsync(caller, now!, cancellationToken));
    }
}
