using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Http;

/// <summary>A compile's result as CLSI answers it.</summary>
internal static class Answers
{
    private const int RetryAfterSeconds = 10;

    public static IResult Of(CompileResult result, HttpContext context)
    {
        if (result.Status == CompileStatus.Unavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        // Clients take the addresses apart, so they must be whole.
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        var files = result.OutputFiles.Select(file => file with { Url = origin + file.Url });
        return Json(result with { OutputFiles = [.. files] }, CodeOf(result));
    }

    public static IResult Refuse(string sentence, int statusCode = StatusCodes.Status400BadRequest) =>
        Json(CompileResult.Refused(sentence), statusCode);

    private static JsonHttpResult<CompileResultBody> Json(CompileResult result, int statusCode) =>
        TypedResults.Json(new CompileResultBody(result), ClsiJson.Default.CompileResultBody, statusCode: statusCode);

    private static int CodeOf(CompileResult result) =>
        result.Status switch
        {
            CompileStatus.Error when result.IsRefused => StatusCodes.Status400BadRequest,
            CompileStatus.Error => StatusCodes.Status500InternalServerError,
            CompileStatus.CompileInProgress => StatusCodes.Status423Locked,
            CompileStatus.Conflict => StatusCodes.Status409Conflict,
            CompileStatus.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status200OK,
        };
}
