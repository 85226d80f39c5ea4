using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Verso.Server.Web;

/// <summary>Whatever does not work, as problem details with a sentence for the person.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string sentence, params (string Name, object? Value)[] more) =>
        TypedResults.Problem(
            sentence,
            statusCode: status,
            extensions: more.ToDictionary(pair => pair.Name, pair => pair.Value)
        );

    public static ProblemHttpResult Invalid(string sentence) => Of(StatusCodes.Status400BadRequest, sentence);

    public static ProblemHttpResult Forbidden(string sentence) => Of(StatusCodes.Status403Forbidden, sentence);

    public static ProblemHttpResult NotFound(string sentence) => Of(StatusCodes.Status404NotFound, sentence);

    public static ProblemHttpResult Clash(string sentence) => Of(StatusCodes.Status409Conflict, sentence);
}
