using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Verso.Server.Compiling.Http;

/// <summary>Whose compile a request is about.</summary>
internal static class TargetOf
{
    public static CompileTarget Request(HttpContext context) => context.Features.Get<CompileTarget>()!;

    public static async ValueTask<object?> RequireAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var (project, user) = ((string?)context.GetRouteValue("projectId"), (string?)context.GetRouteValue("userId"));
        if (!CompileTarget.TryCreate(project, user, out var target))
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                detail: "A project's id has letters, digits, '-' and '_' (at most 100, and no person's id at its end); a person's has 24 lower-case hexadecimal digits."
            );
        context.Features.Set(target);
        return await next(invocation);
    }
}
