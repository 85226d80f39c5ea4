using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Environments.Resolving;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Builds.Running;
using Verso.Server.Settings;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Python;

/// <summary>A project's environment: what is in it, and having it built, tried again or resolved anew.</summary>
internal static class EnvironmentEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var environment = app.MapGroup("/api/projects/{project}/python/environment").For(Need.Read);
        environment.MapGet("", GetAsync);
        environment.MapPost("build", BuildAsync);
        environment.MapPost("retry", BuildAsync);
        environment.MapPost("refresh", RefreshAsync);
    }

    internal sealed record Package(
        string Name,
        string Version,
        long? Bytes,
        bool Requested,
        IReadOnlyList<string> RequiredBy
    );

    /// <param name="State"><c>none</c>, <c>disabled</c>, <c>invalid</c>, <c>not-built</c>, <c>failed</c> or <c>ready</c>.</param>
    /// <param name="Bytes">Of all its files, where this machine has it.</param>
    /// <param name="Reason">Why it is not ready, or why the caller may not install.</param>
    /// <param name="Log">Of the latest compile.</param>
    internal sealed record Shown(
        string State,
        string? Reason,
        string? Key,
        IReadOnlyList<Package> Packages,
        DateTimeOffset? ResolvedAt,
        DateTimeOffset? BuiltAt,
        DateTimeOffset? LastUsed,
        long? Bytes,
        string? Log,
        bool MayInstall,
        string? MayNotBecause
    );

    private static async Task<Ok<Shown>> GetAsync(
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectEnvironments environments,
        ServerSettings settings,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project.Id;
        var found = await requirements.ReadAsync(project, cancellationToken);
        var resolution = await environments.ResolutionAsync(project, cancellationToken);
        if (resolution is not null && !resolution.Requirements.SequenceEqual(found.File.NormalizedLines))
            resolution = null;
        var entry = resolution is null
            ? default
            : environments.Store?.List().FirstOrDefault(e => SamePins(e.Environment.Record.Packages, resolution))
                ?? default;
        var last = await LastAsync(context, project, cancellationToken);
        var failed =
            last?.Json.TryGetProperty("environment", out var env) == true
            && env.ValueKind == JsonValueKind.Object
            && env.GetProperty("reason").GetString() == "build-failed";
        var state =
            !settings.Environments.Enabled ? "disabled"
            : found.File.Faults.Count > 0 ? "invalid"
            : found.File.Requirements.Count == 0 ? "none"
            : entry.Environment is not null ? "ready"
            : failed ? "failed"
            : "not-built";
        return TypedResults.Ok(
            new Shown(
                state,
                state == "invalid" ? found.File.Faults[0].ToString() : null,
                entry.Environment?.Key,
                [
                    .. (resolution?.Pins ?? []).Select(pin => new Package(
                        pin.Name,
                        pin.Version,
                        pin.Bytes,
                        pin.Requested,
                        pin.RequiredBy
                    )),
                ],
                resolution?.ResolvedAt,
                entry.Environment?.Record.BuiltAt,
                entry.Environment is null ? null : entry.LastUsed,
                entry.Environment?.Record.Bytes,
                last?.LogHash is { } log
                    ? Encoding.UTF8.GetString(await blobs.ReadAsync(log, cancellationToken))
                    : null,
                access.MayInstall,
                access.MayInstall ? null : Why(access, caller)
            )
        );
    }

    private static Task<IResult> BuildAsync(
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectEnvironments environments,
        BuildLimits limits,
        HttpContext http,
        CancellationToken cancellationToken
    ) => RunAsync(false, access, caller, requirements, environments, limits, http, cancellationToken);

    private static Task<IResult> RefreshAsync(
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectEnvironments environments,
        BuildLimits limits,
        HttpContext http,
        CancellationToken cancellationToken
    ) => RunAsync(true, access, caller, requirements, environments, limits, http, cancellationToken);

    private static async Task<IResult> RunAsync(
        bool refresh,
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectEnvironments environments,
        BuildLimits limits,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (!access.MayInstall)
            return Problems.Forbidden(Why(access, caller));
        if (environments.Store is null)
            return Problems.Of(
                StatusCodes.Status501NotImplemented,
                "Environments are built on other machines here; compile the project instead."
            );
        if (limits.Enter(caller, access.Project.Id) is { } wait)
            return BuildAnswers.TooOften(wait, http);
        var project = access.Project.Id;
        var found = await requirements.ReadAsync(project, cancellationToken);
        return await environments.BuildAsync(project, caller, found.Text, refresh, cancellationToken) is { } reason
            ? Problems.Of(StatusCodes.Status422UnprocessableEntity, reason)
            : TypedResults.NoContent();
    }

    private static bool SamePins(IReadOnlyList<Pin> pins, Resolution resolution) =>
        pins.Select(pin => pin.Sha256).Order().SequenceEqual(resolution.Pins.Select(pin => pin.Sha256).Order());

    private static async Task<(JsonElement Json, string? LogHash)?> LastAsync(
        WorkspaceContext context,
        string project,
        CancellationToken cancellationToken
    )
    {
        var build = await context
            .Builds.AsNoTracking()
            .Where(b => b.ProjectId == project && b.Kind == BuildKind.Compile)
            .OrderByDescending(b => b.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (build is null)
            return null;
        var log = await context.BuildFiles.FindAsync([build.Id, "output.log"], cancellationToken);
        return (JsonDocument.Parse(build.ResultJson).RootElement, log?.BlobHash);
    }

    private static string Why(ProjectAccess access, Caller caller) =>
        !caller.IsSignedIn ? "People who are not signed in install nothing; sign in first."
        : access.Source is null or Sharing.Members.MembershipSource.Link
            ? "You came through a link; ask the owner to invite you, then your compiles install packages too."
        : !caller.May(TokenScopes.Install) ? "The access token has no scope 'install'."
        : "An administrator has not allowed your account to install packages yet.";
}
