using System.Text;
using Microsoft.EntityFrameworkCore;
using Verso.Environments.Requirements;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Python;

/// <summary>A project's <c>requirements.vrf</c> as it stands.</summary>
internal sealed class ProjectRequirements(WorkspaceContext context, BlobStore blobs)
{
    /// <param name="Hash">Of the content; empty when there is none.</param>
    internal sealed record Found(string Text, string Hash)
    {
        public RequirementsFile File { get; } = RequirementsFile.Parse(Text);
    }

    public async Task<Found> ReadAsync(string projectId, CancellationToken cancellationToken)
    {
        var file = await context
            .ProjectFiles.AsNoTracking()
            .FirstOrDefaultAsync(
                f => f.ProjectId == projectId && f.Path == RequirementsFile.Name && f.Until == null,
                cancellationToken
            );
        if (file is null)
            return new Found("", "");
        return file.Size > RequirementsFile.MaxBytes
            ? new Found("", file.BlobHash)
            : new Found(
                Encoding.UTF8.GetString(await blobs.ReadAsync(file.BlobHash, cancellationToken)),
                file.BlobHash
            );
    }

    /// <summary>The text with a requirement at its end, unless the package is named already; comments and order stay.</summary>
    public static string With(Found found, Requirement added, string line) =>
        found.File.Requirements.Any(requirement => requirement.Name == added.Name) ? found.Text
        : found.Text.Length == 0 || found.Text.EndsWith('\n') ? $"{found.Text}{line}\n"
        : $"{found.Text}\n{line}\n";
}
