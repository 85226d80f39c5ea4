using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Environments.Requirements;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Projects;
using Verso.Server.Projects.Changes;
using Verso.Server.Python.Installing;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Python.Requirements;

/// <summary>Reading and changing what a project requires.</summary>
internal static class RequirementsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var requirements = app.MapGroup("/api/projects/{project}/python/requirements");
        requirements.MapGet("", ReadAsync).For(Need.Read);
        requirements.MapPut("", WriteAsync).For(Need.Edit);
        requirements.MapPost("check", Check).For(Need.Read);
        requirements.MapPost("add", AddAsync).For(Need.Edit);
        requirements.MapGet("pinned", PinnedAsync).For(Need.Read);
    }

    /// <param name="Hash">Of the content; null when there is no such file.</param>
    /// <param name="Faults">By line.</param>
    internal sealed record Listed(string Text, string? Hash, IReadOnlyList<RequirementFault> Faults, bool MayEdit);

    /// <param name="Onto">The hash that the text was made from; null when there was no file.</param>
    internal sealed record NewText(string Text, string? Onto = null);

    internal sealed record GivenText(string Text);

    internal sealed record Checked(IReadOnlyList<RequirementFault> Faults);

    internal sealed record GivenLine(string Requirement);

    internal sealed record Pinned(string Text);

    private static async Task<Ok<Listed>> ReadAsync(
        string project,
        ProjectAccess access,
        ProjectRequirements requirements,
        CancellationToken cancellationToken
    )
    {
        var current = await requirements.ReadAsync(project, cancellationToken);
        return TypedResults.Ok(
            new Listed(current.Text, current.Hash, FaultsOf(current.Text), access.MayEditRequirements)
        );
    }

    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> WriteAsync(
        string project,
        NewText text,
        Caller caller,
        ProjectAccess access,
        ProjectRequirements requirements,
        ProjectEnvironment environment,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (!access.MayEditRequirements)
            return Problems.Forbidden(ProjectChanges.RequirementsRefusal);
        if (FaultsOf(text.Text) is { Count: > 0 } faults)
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                $"Nothing was changed: {faults[0]}",
                ("faults", faults)
            );
        var outcome = await requirements.WriteAsync(
            caller,
            project,
            text.Text,
            text.Onto,
            $"Changed {RequirementsFile.Name}",
            cancellationToken
        );
        return await AnswerAsync(outcome, caller, access, environment, blobs, cancellationToken);
    }

    private static Ok<Checked> Check(GivenText text) => TypedResults.Ok(new Checked(FaultsOf(text.Text)));

    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> AddAsync(
        string project,
        GivenLine given,
        Caller caller,
        ProjectAccess access,
        ProjectRequirements requirements,
        ProjectEnvironment environment,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (!access.MayEditRequirements)
            return Problems.Forbidden(ProjectChanges.RequirementsRefusal);
        var (line, fault) = AddedLine.Parse(given.Requirement);
        if (line is null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, $"Nothing was added: {fault}");
        var outcome = await requirements.AddAsync(caller, project, line, cancellationToken);
        return await AnswerAsync(outcome, caller, access, environment, blobs, cancellationToken);
    }

    private static async Task<Results<Ok<Pinned>, ProblemHttpResult>> PinnedAsync(
        string project,
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        CancellationToken cancellationToken
    ) =>
        await environment.PinnedAsync(access, cancellationToken) is { } text
            ? TypedResults.Ok(new Pinned(text))
            : Problems.Clash("The packages are not resolved yet; install them first, or render.");

    private static async Task<Results<Ok<Packages>, ProblemHttpResult>> AnswerAsync(
        ChangeOutcome outcome,
        Caller caller,
        ProjectAccess access,
        ProjectEnvironment environment,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        outcome is ChangeOutcome.Committed
            ? TypedResults.Ok(await environment.LookAsync(caller, access, cancellationToken))
            : await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);

    private static IReadOnlyList<RequirementFault> FaultsOf(string text) =>
        Encoding.UTF8.GetByteCount(text) > RequirementsFile.MaxBytes
            ? [new RequirementFault(0, $"the file has more than {RequirementsFile.MaxBytes:N0} bytes.")]
            : RequirementsFile.Parse(text).Faults;
}
