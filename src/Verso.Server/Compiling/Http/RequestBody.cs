using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Http;

/// <summary>Reads a compile's request.</summary>
internal static class RequestBody
{
    /// <returns>The request, or the answer that says why it cannot be read.</returns>
    public static async Task<(CompileRequest? Request, IResult? Fault)> ReadAsync(
        HttpRequest http,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(
                http.Body,
                ClsiJson.Default.CompileRequestBody,
                cancellationToken
            );
            return body is null
                ? (null, Answers.Refuse("The request is null; it must be {\"compile\": {…}}."))
                : (body.Compile, null);
        }
        catch (JsonException e)
        {
            return (null, Answers.Refuse(Sentence(e)));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (
                null,
                Answers.Refuse(
                    "The request is larger than 7 MB; give large files by url instead of by content.",
                    StatusCodes.Status413PayloadTooLarge
                )
            );
        }
    }

    private static string Sentence(JsonException e) =>
        e.Path switch
        {
            "$.compile.options.allowPythonInstall" => "options.allowPythonInstall must be true or false, or left out.",
            "$.compile.options.exportMode" => "options.exportMode must be none, presentation or publish, or left out.",
            "$.compile.options.syncType" => "options.syncType must be full or incremental, or left out.",
            null or "$" => "The request is no JSON of the form {\"compile\": {…}}.",
            var path => $"The request cannot be read at {RequestCheck.Plain(path)}.",
        };
}
