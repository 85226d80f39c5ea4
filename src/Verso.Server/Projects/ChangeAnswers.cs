using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects;

/// <summary>What came of a change, as it is answered.</summary>
internal static class ChangeAnswers
{
    /// <param name="Version">The project's, with the change.</param>
    /// <param name="Note">A sentence, where something was left out.</param>
    internal sealed record Changed(int Version, string? Note);

    private const string Kept = "requirements.vrf was left as it is: " + ProjectChanges.RequirementsRefusal;

    public static Changed Of(ChangeOutcome.Committed committed) =>
        new(committed.Version, committed.RequirementsKept ? Kept : null);

    /// <param name="project">Null for a project that was to be made.</param>
    public static async Task<ProblemHttpResult> ProblemAsync(
        ChangeOutcome outcome,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        outcome switch
        {
            ChangeOutcome.Conflict conflict => await ConflictAsync(conflict, blobs, cancellationToken),
            ChangeOutcome.Refused(var sentence) => Problems.Of(StatusCodes.Status422UnprocessableEntity, sentence),
            ChangeOutcome.Forbidden(var sentence) => Problems.Forbidden(sentence),
            ChangeOutcome.NotFound(var sentence) => Problems.NotFound(sentence),
            _ => throw new ArgumentException($"{outcome} is no problem.", nameof(outcome)),
        };

    // What is there now comes with it, so that the author sees both before one of them goes.
    private static async Task<ProblemHttpResult> ConflictAsync(
        ChangeOutcome.Conflict conflict,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var current = conflict.Current;
        var text = current is { IsText: true }
            ? Encoding.UTF8.GetString(await blobs.ReadAsync(current.BlobHash, cancellationToken))
            : null;
        return Problems.Of(
            StatusCodes.Status412PreconditionFailed,
            current is null
                ? $"'{conflict.Path}' was deleted or moved meanwhile; nothing was changed."
                : $"'{conflict.Path}' was changed meanwhile; nothing was overwritten.",
            (
                "current",
                current is null
                    ? null
                    : new
                    {
                        etag = current.BlobHash,
                        size = current.Size,
                        content = text,
                    }
            )
        );
    }
}
