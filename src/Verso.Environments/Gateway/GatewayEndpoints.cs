using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Environments.Wheels;

namespace Verso.Environments.Gateway;

/// <summary>What a build may ask: pages and files, under its token.</summary>
internal sealed class GatewayEndpoints(Func<string, GatewayBuild?> findBuild, Catalogue catalogue)
{
    private const string MetadataSuffix = ".metadata";
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        var build = routes.MapGroup("/{token}");
        build.MapMethods("/simple/", GetAndHead, ProjectsAsync);
        build.MapMethods("/simple/{project}/", GetAndHead, ProjectAsync);
        build.MapMethods("/files/{sha256}/{fileName}", GetAndHead, FileAsync);
    }

    private Task ProjectsAsync(HttpContext context) =>
        AnswerAsync(
            context,
            (build, _) =>
                Task.FromResult(
                    EndsWithSlash(context)
                        ? Page(context, format => IndexPage.OfProjects(catalogue.LocalProjects(), format))
                        : TypedResults.LocalRedirect($"/{build.Token}/simple/", permanent: true)
                )
        );

    private Task ProjectAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async (build, cancellationToken) =>
            {
                var asked = Value(context, "project");
                if (!PackageName.IsValid(asked))
                    return TypedResults.NotFound();
                var project = PackageName.Normalize(asked);
                if (asked != project || !EndsWithSlash(context))
                    return TypedResults.LocalRedirect($"/{build.Token}/simple/{project}/", permanent: true);
                var found = await build.FindAsync(project, cancellationToken);
                return found is null
                    ? TypedResults.NotFound()
                    : Page(context, format => IndexPage.OfFiles(project, found, build.Ticket, format));
            }
        );

    private Task FileAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async (build, cancellationToken) =>
            {
                var (sha256, fileName) = (Value(context, "sha256"), Value(context, "fileName"));
                // Only what a page has named: no path is ever made of what is asked.
                if (build.Pages.FindFile(sha256, fileName) is { } file)
                    return build.Ticket.Resolves
                        ? Content(
                            StubWheel.Make(
                                WheelFileName.Parse(file.Name.FileName),
                                await build.ReadMetadataAsync(file, cancellationToken)
                            )
                        )
                        : await ContentAsync(context, build, file, cancellationToken);
                if (
                    !fileName.EndsWith(MetadataSuffix)
                    || build.Pages.FindFile(sha256, fileName[..^MetadataSuffix.Length])
                        is not { MetadataSha256: not null } wheel
                )
                    return TypedResults.NotFound();
                return Content(await build.ReadMetadataAsync(wheel, cancellationToken));
            }
        );

    private static async Task<IResult> ContentAsync(
        HttpContext context,
        GatewayBuild build,
        IndexFile file,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Stream(
            await build.OpenAsync(file, isServed: HttpMethods.IsGet(context.Request.Method), cancellationToken),
            MediaTypeNames.Application.Octet,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""),
            enableRangeProcessing: true
        );

    private static FileContentHttpResult Content(byte[] content) =>
        TypedResults.Bytes(content, MediaTypeNames.Application.Octet);

    /// <summary>Finds the build, and turns what goes wrong into an answer and a remark.</summary>
    private async Task AnswerAsync(HttpContext context, Func<GatewayBuild, CancellationToken, Task<IResult>> answer)
    {
        if (findBuild(Value(context, "token")) is not { } build)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, build.Closing);
        IResult result;
        try
        {
            result = await answer(build, ending.Token);
        }
        catch (GatewayException e)
        {
            result = Fault(e.Message, e.StatusCode, e.PassesOver);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result = Fault(
                FullDisk.Is(e) ? FullDisk.Message : $"The store cannot be used: {e.Message}",
                StatusCodes.Status500InternalServerError,
                isTransient: true
            );
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            result = TypedResults.NotFound(); // as from now on
        }
        await using var closing = build.Closing.Register(context.Abort);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await result.ExecuteAsync(context);

        IResult Fault(string sentence, int statusCode, bool isTransient)
        {
            build.Refuse(sentence, isTransient);
            return TypedResults.Text(sentence, statusCode: statusCode);
        }
    }

    private static IResult Page(HttpContext context, Func<PageFormat, string> render)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        return PageFormat.Choose(context.Request.GetTypedHeaders().Accept) is { } format
            ? TypedResults.Text(render(format), format.ContentType)
            : TypedResults.StatusCode(StatusCodes.Status406NotAcceptable);
    }

    // Addresses in a page are relative to a folder.
    private static bool EndsWithSlash(HttpContext context) => context.Request.Path.Value?.EndsWith('/') == true;

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
