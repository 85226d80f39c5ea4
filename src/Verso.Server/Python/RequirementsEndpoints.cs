using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Environments.Requirements;
using Verso.Server.Accounts;
using Verso.Server.Projects;
using Verso.Server.Projects.Changes;
using Verso.Server.Projects.Files;
using Verso.Server.Sharing;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Python;

/// <summary>Reading and writing <c>requirements.vrf</c>, with its faults by line.</summary>
internal static class RequirementsEndpoints
{
    private const int Tries = 5;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects/{project}/python/requirements", GetAsync).For(Need.Read);
        app.MapPut("/api/projects/{project}/python/requirements", PutAsync).For(Need.Edit);
        app.MapPost("/api/projects/{project}/python/requirements/add", AddAsync).For(Need.Edit);
    }

    internal sealed record Fault(int Line, string Message);

    /// <param name="ETag">For <c>If-Match</c>; empty when there is no file.</param>
    internal sealed record Requirements(string Text, string ETag, IReadOnlyList<Fault> Faults, bool MayEdit);

    internal sealed record NewText(string Text);

    internal sealed record NewRequirement(string Requirement);

    private static async Task<Ok<Requirements>> GetAsync(
        ProjectAccess access,
        ProjectRequirements requirements,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(Answer(await requirements.ReadAsync(access.Project.Id, cancellationToken), access));

    private static async Task<Results<Ok<Requirements>, ProblemHttpResult>> PutAsync(
        NewText wanted,
        HttpContext http,
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (Precondition.Read(http.Request) is not { IsMissing: false } precondition)
            return Problems.Of(
                StatusCodes.Status428PreconditionRequired,
                "Send If-Match with the ETag of the text that you changed, or If-None-Match: * for a new one."
            );
        if (RequirementsFile.Parse(wanted.Text).Faults is { Count: > 0 } faults)
            return Faulty(faults);
        var project = access.Project.Id;
        if (
            await WriteAsync(project, wanted.Text, precondition.ETag, caller, changes, blobs, cancellationToken) is
            { } no
        )
            return await ChangeAnswers.ProblemAsync(no, blobs, cancellationToken);
        return TypedResults.Ok(Answer(await requirements.ReadAsync(project, cancellationToken), access));
    }

    private static async Task<Results<Ok<Requirements>, ProblemHttpResult>> AddAsync(
        NewRequirement wanted,
        ProjectAccess access,
        Caller caller,
        ProjectRequirements requirements,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var line = wanted.Requirement.Trim();
        var parsed = RequirementsFile.Parse(line);
        if (parsed.Faults.Count > 0)
            return Faulty(parsed.Faults);
        if (parsed.Requirements is not [var added])
            return Problems.Invalid("Name one package, such as pandas>=2.0.");
        var project = access.Project.Id;
        ChangeOutcome? outcome = null;
        for (var tried = 0; tried < Tries; tried++)
        {
            var found = await requirements.ReadAsync(project, cancellationToken);
            var text = ProjectRequirements.With(found, added, line);
            if (text == found.Text && found.Hash.Length > 0)
                return TypedResults.Ok(Answer(found, access));
            outcome = await WriteAsync(project, text, found.Hash, caller, changes, blobs, cancellationToken);
            if (outcome is null)
                return TypedResults.Ok(Answer(await requirements.ReadAsync(project, cancellationToken), access));
            if (outcome is not ChangeOutcome.Conflict)
                break;
        }
        return await ChangeAnswers.ProblemAsync(outcome!, blobs, cancellationToken);
    }

    /// <returns>Null when it was written.</returns>
    private static async Task<ChangeOutcome?> WriteAsync(
        string project,
        string text,
        string? ifMatch,
        Caller caller,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (Encoding.UTF8.GetByteCount(text) > RequirementsFile.MaxBytes)
            return new ChangeOutcome.Refused(
                $"requirements.vrf may have {RequirementsFile.MaxBytes >> 10} KiB at most."
            );
        using var content = await blobs.StageAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        var write = new FileChange.Write(RequirementsFile.Name, content, ifMatch);
        var outcome = await changes.CommitAsync(
            caller,
            project,
            new ChangeSet("Changed the packages", [write]),
            cancellationToken
        );
        return outcome is ChangeOutcome.Committed ? null : outcome;
    }

    private static Requirements Answer(ProjectRequirements.Found found, ProjectAccess access) =>
        new(
            found.Text,
            found.Hash,
            [.. found.File.Faults.Select(fault => new Fault(fault.Line, fault.Message))],
            access.MayEditRequirements
        );

    private static ProblemHttpResult Faulty(IReadOnlyList<RequirementFault> faults) =>
        Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            faults[0].ToString(),
            ("faults", faults.Select(fault => new Fault(fault.Line, fault.Message)))
        );
}
