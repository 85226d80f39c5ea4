using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Builds.Content;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>A build as people are told of it.</summary>
internal sealed class BuildAnswers(WorkspaceContext context, ContentPasses passes)
{
    /// <param name="Url">Where it is served as content, for this viewer and a while.</param>
    internal sealed record Output(string Path, long Size, string Url);

    /// <param name="Version">The project's, that was compiled.</param>
    /// <param name="MainUrl">Of the document; null when none came out.</param>
    /// <param name="Result">Status, error, log entries, timings and what the cells ran with.</param>
    internal sealed record Shown(
        string Id,
        string Kind,
        int Version,
        DateTimeOffset At,
        string? MainUrl,
        IReadOnlyList<Output> Outputs,
        JsonElement Result
    );

    public async Task<IResult> OfAsync(
        CompileResult result,
        Build? build,
        ProjectAccess access,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        build is not null
            ? TypedResults.Ok(await ShowAsync(build, access, caller, cancellationToken))
            : result.Status switch
            {
                CompileStatus.CompileInProgress => Problems.Of(
                    StatusCodes.Status423Locked,
                    "You are compiling this project already."
                ),
                CompileStatus.Unavailable => Problems.Of(
                    StatusCodes.Status503ServiceUnavailable,
                    result.Error ?? "Too many compiles are under way; try again soon."
                ),
                CompileStatus.Error when result.IsRefused => Problems.Of(
                    StatusCodes.Status422UnprocessableEntity,
                    result.Error!
                ),
                CompileStatus.Error => Problems.Of(
                    StatusCodes.Status500InternalServerError,
                    result.Error ?? "The compile service failed."
                ),
                _ => Problems.Of(StatusCodes.Status409Conflict, result.Error ?? "The compile was stopped."),
            };

    public async Task<Shown> ShowAsync(
        Build build,
        ProjectAccess access,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var files = await context
            .BuildFiles.AsNoTracking()
            .Where(file => file.BuildId == build.Id)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
        var root = passes.Issue(build.Id, access.Project.Id, caller);
        return new Shown(
            build.Id,
            build.Kind.ToString().ToLowerInvariant(),
            build.Version,
            build.At,
            build.MainPath is null ? null : root + OutputFile.Escape(build.MainPath),
            [.. files.Select(file => new Output(file.Path, file.Size, root + OutputFile.Escape(file.Path)))],
            JsonDocument.Parse(build.ResultJson).RootElement
        );
    }

    public static IResult TooOften(TimeSpan wait, HttpContext http)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, $"Compiled too often; try again in {seconds} s.");
    }
}
