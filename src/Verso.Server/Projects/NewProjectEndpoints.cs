using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects;

/// <summary>Making projects: with a first document, from an example, as a copy.</summary>
internal static class NewProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/examples", (ExampleProjects examples) => TypedResults.Ok(examples.Names)).For(Need.SignedIn);
        app.MapPost("/api/projects", CreateAsync).For(Need.SignedIn);
        app.MapPost("/api/projects/{project}/copy", CopyAsync).For(Need.Read);
    }

    internal sealed record NewProject(string Name, string? Example = null);

    internal sealed record CreatedProject(string Id, string? Note);

    internal sealed record Copy(string Name);

    private static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> CreateAsync(
        NewProject wanted,
        Caller caller,
        NewProjects projects,
        ExampleProjects examples,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (NewProjects.Name(wanted.Name) is not { } name)
            return Problems.Invalid(NewProjects.NameFault);
        if (wanted.Example is not null && !examples.Names.Contains(wanted.Example))
            return Problems.Invalid("There is no such example.");
        var files = wanted.Example is null
            ? [new FileChange.Write("index.qmd", await blobs.StageAsync(FirstText(name), cancellationToken))]
            : await examples.ReadAsync(wanted.Example, cancellationToken);
        try
        {
            var first = new ChangeSet(wanted.Example is null ? "Created" : $"Created from {wanted.Example}", files);
            var created = await projects.CreateAsync(caller, name, null, first, cancellationToken);
            return await AnswerAsync(created.Id, created.Outcome, blobs, cancellationToken);
        }
        finally
        {
            files.ForEach(file => file.Content.Dispose());
        }
    }

    private static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> CopyAsync(
        Copy wanted,
        ProjectAccess access,
        Caller caller,
        NewProjects projects,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (!caller.IsSignedIn)
            return Problems.Of(401, "Sign in first: a copy belongs to whoever makes it.");
        if (NewProjects.Name(wanted.Name) is not { } name)
            return Problems.Invalid(NewProjects.NameFault);
        var (source, rootPath) = (access.Project.Id, access.Project.RootPath);
        var files = await context
            .ProjectFiles.Where(file => file.ProjectId == source && file.Until == null)
            .Select(file => new FileChange.Reuse(file.Path, file.BlobHash, file.Size, file.IsText))
            .ToListAsync(cancellationToken);
        var first = new ChangeSet($"Copied from {access.Project.Name}", files);
        var created = await projects.CreateAsync(caller, name, rootPath, first, cancellationToken);
        return await AnswerAsync(created.Id, created.Outcome, blobs, cancellationToken);
    }

    internal static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> AnswerAsync(
        string id,
        ChangeOutcome outcome,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        outcome is ChangeOutcome.Committed committed
            ? TypedResults.Created($"/api/projects/{id}", new CreatedProject(id, ChangeAnswers.Of(committed).Note))
            : await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);

    private static readonly JsonSerializerOptions Quoted = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static byte[] FirstText(string name) =>
        Encoding.UTF8.GetBytes(
            $"---\ntitle: {JsonSerializer.Serialize(name, Quoted)}\nformat: html\n---\n\nWrite here.\n"
        );
}
