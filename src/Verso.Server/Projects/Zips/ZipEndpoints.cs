using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Projects.Files;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects.Zips;

/// <summary>Projects as zips, out and in. The body is the zip itself.</summary>
internal static class ZipEndpoints
{
    public static void Map(IEndpointRouteBuilder app, ProjectsOptions options)
    {
        const string Full = "Four zips are on their way already; try again when one has arrived.";
        app.MapPost("/api/projects/upload", UploadAsync)
            .For(Need.SignedIn)
            .WithBody(options.MaxProjectBytes)
            .Takes<ZipPlaces>(Full);
        app.MapGet("/api/projects/{project}/zip", DownloadAsync).For(Need.Read).Takes<ZipPlaces>(Full);
        app.MapPost("/api/projects/{project}/zip", AddAsync)
            .For(Need.Edit)
            .WithBody(options.MaxProjectBytes)
            .Takes<ZipPlaces>(Full);
    }

    private static async Task<Results<Created<NewProjectEndpoints.CreatedProject>, ProblemHttpResult>> UploadAsync(
        string name,
        HttpContext http,
        Caller caller,
        NewProjects projects,
        ZipReader reader,
        ProjectsOptions options,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (NewProjects.Name(name) is not { } projectName)
            return Problems.Invalid(NewProjects.NameFault);
        using var zip = await blobs.StageAsync(http.Request.Body, options.MaxProjectBytes, cancellationToken);
        if (zip is null)
            return TooLarge(options);
        var (files, fault) = await reader.ReadAsync(zip.Path, cancellationToken);
        if (fault is not null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, fault);
        try
        {
            var first = new ChangeSet("Uploaded as a zip", files);
            var created = await projects.CreateAsync(caller, projectName, null, first, cancellationToken);
            return await NewProjectEndpoints.AnswerAsync(created.Id, created.Outcome, blobs, cancellationToken);
        }
        finally
        {
            foreach (var file in files)
                file.Content.Dispose();
        }
    }

    private static async Task<Results<Ok<ChangeAnswers.Changed>, ProblemHttpResult>> AddAsync(
        string project,
        HttpContext http,
        Caller caller,
        ProjectChanges changes,
        ZipReader reader,
        ProjectsOptions options,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        using var zip = await blobs.StageAsync(http.Request.Body, options.MaxProjectBytes, cancellationToken);
        if (zip is null)
            return TooLarge(options);
        var (files, fault) = await reader.ReadAsync(zip.Path, cancellationToken);
        if (fault is not null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, fault);
        try
        {
            var set = new ChangeSet($"Added {files.Count} files of a zip", files) { MayKeepRequirements = true };
            return await FileEndpoints.AnswerAsync(
                await changes.CommitAsync(caller, project, set, cancellationToken),
                blobs,
                cancellationToken
            );
        }
        finally
        {
            foreach (var file in files)
                file.Content.Dispose();
        }
    }

    // Through a file: the length is known then, and a content that cannot be read cuts no answer short.
    private static async Task<FileStreamHttpResult> DownloadAsync(
        ProjectAccess access,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project.Id;
        var files = await context
            .ProjectFiles.AsNoTracking()
            .Where(file => file.ProjectId == project && file.Until == null)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
        var packed = new FileStream(
            blobs.NewStagingPath(),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 81920,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            await using (
                var zip = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, true, null, cancellationToken)
            )
                foreach (var file in files)
                {
                    await using var entry = await zip.CreateEntry(file.Path).OpenAsync(cancellationToken);
                    await using var content = blobs.Open(file.BlobHash);
                    await content.CopyToAsync(entry, cancellationToken);
                }
            packed.Position = 0;
            return TypedResults.File(packed, "application/zip", $"{access.Project.Name}.zip");
        }
        catch
        {
            await packed.DisposeAsync();
            throw;
        }
    }

    private static ProblemHttpResult TooLarge(ProjectsOptions options) =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A zip may have {options.MaxProjectMiB} MiB at most.");
}
