using System.Text;
using Microsoft.EntityFrameworkCore;
using Verso.Environments.Requirements;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Python.Requirements;

/// <summary>The text of a project's <c>requirements.vrf</c>. It is written as every other file is, which is what guards it.</summary>
internal sealed class ProjectRequirements(WorkspaceContext context, BlobStore blobs, ProjectChanges changes)
{
    private const int MostTries = 5;

    /// <param name="Hash">Of the content; null when there is no such file.</param>
    /// <param name="IsTooLarge">There is more than may be, which is not read.</param>
    internal sealed record Current(string Text, string? Hash, bool IsTooLarge = false);

    public async Task<Current> ReadAsync(string projectId, CancellationToken cancellationToken)
    {
        var file = await context
            .ProjectFiles.Where(file =>
                file.ProjectId == projectId && file.Path == RequirementsFile.Name && file.Until == null
            )
            .Select(file => new { file.BlobHash, file.Size })
            .FirstOrDefaultAsync(cancellationToken);
        // What is larger is refused when it is used, and no editor's affair.
        return file is null ? new Current("", null)
            : file.Size > RequirementsFile.MaxBytes ? new Current("", file.BlobHash, IsTooLarge: true)
            : new Current(
                Encoding.UTF8.GetString(await blobs.ReadAsync(file.BlobHash, cancellationToken)),
                file.BlobHash
            );
    }

    /// <param name="onto">The hash of the content that the text was made from; null when there was none.</param>
    public async Task<ChangeOutcome> WriteAsync(
        Caller author,
        string projectId,
        string text,
        string? onto,
        string summary,
        CancellationToken cancellationToken
    )
    {
        using var content = await blobs.StageAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        var write = new FileChange.Write(RequirementsFile.Name, content, onto ?? "");
        return await changes.CommitAsync(author, projectId, new ChangeSet(summary, [write]), cancellationToken);
    }

    /// <summary>Adds a line at the end, unless its package is named already.</summary>
    public async Task<ChangeOutcome> AddAsync(
        Caller author,
        string projectId,
        Requirement line,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            var current = await ReadAsync(projectId, cancellationToken);
            if (current.IsTooLarge)
                return new ChangeOutcome.Refused($"{RequirementsFile.Name} is too large; shorten it first.");
            var outcome = await WriteAsync(
                author,
                projectId,
                AddedLine.To(current.Text, line),
                current.Hash,
                $"Added {line.Name} to {RequirementsFile.Name}",
                cancellationToken
            );
            // Somebody else was writing: onto theirs, then.
            if (outcome is not ChangeOutcome.Conflict || tries == MostTries)
                return outcome;
        }
    }
}
