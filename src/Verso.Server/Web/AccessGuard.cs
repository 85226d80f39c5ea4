using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Web;

/// <summary>Lets a request through to its endpoint if the caller may do what the endpoint needs, and to no other.</summary>
internal sealed class AccessGuard(RequestDelegate next)
{
    private const long DefaultBody = 1 << 20;
    private const string SignIn = "Sign in first.";

    public async Task InvokeAsync(
        HttpContext http,
        WorkspaceContext context,
        AccessRules rules,
        IAntiforgery antiforgery
    )
    {
        // Nothing of ours: there is no such path, or it takes another method.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? DefaultBody;
        var need =
            endpoint.Metadata.GetMetadata<NeedMetadata>()?.Need
            ?? throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} does not say what it needs.");
        var caller = Caller.Of(http);
        var refusal =
            ByToken(http) ? RefuseToken(http, need, caller)
            : caller.IsSignedIn && !IsSafe(http) && !await antiforgery.IsRequestValidAsync(http)
                ? Problems.Invalid("The antiforgery token is missing or old; read /api/session again.")
            : null;
        refusal ??= need switch
        {
            Need.Nobody => null,
            Need.SignedIn or Need.Session => caller.IsSignedIn ? null : Problems.Of(401, SignIn),
            Need.Administrator => await RefuseAdministrationAsync(context, caller, http.RequestAborted),
            _ => await RefuseProjectAsync(http, rules, caller, need),
        };
        await (refusal is null ? next(http) : refusal.ExecuteAsync(http));
    }

    private static async Task<ProblemHttpResult?> RefuseProjectAsync(
        HttpContext http,
        AccessRules rules,
        Caller caller,
        Need need
    )
    {
        var id = (string)http.GetRouteValue("project")!;
        var access = await rules.OfAsync(caller, id, http.RequestAborted);
        var isThere =
            access is { MayRead: true } or { Source: not null }
            && (access.Project.DeletedAt is null || need == Need.OwnDeleted && access.IsOwner);
        if (!isThere || access is null || !access.MayRead && need != Need.Membership)
            return caller.IsSignedIn
                ? Problems.NotFound("There is no such project, or it is not shared with you.")
                : Problems.Of(401, SignIn);
        http.Features.Set(access);
        return need switch
        {
            Need.Edit when !access.MayEdit => Problems.Forbidden("You may read this project, but not change it."),
            Need.Publish when !access.MayPublish => Problems.Forbidden(
                "Only the owner and Editors whom the owner invited may publish."
            ),
            Need.Own or Need.OwnDeleted when !access.IsOwner => Problems.Forbidden(
                "Only the project's owner may do this."
            ),
            Need.Membership when access.Source is null => Problems.Forbidden("You are no member of this project."),
            _ => null,
        };
    }

    private static async Task<ProblemHttpResult?> RefuseAdministrationAsync(
        WorkspaceContext context,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        !caller.IsSignedIn ? Problems.Of(401, SignIn)
        : await context.Users.AnyAsync(a => a.Id == caller.AccountId && a.IsAdministrator, cancellationToken) ? null
        : Problems.Forbidden("Only administrators may do this.");

    private static ProblemHttpResult? RefuseToken(HttpContext http, Need need, Caller caller)
    {
        if (!caller.IsSignedIn)
            return Problems.Of(401, "The access token is wrong, revoked or expired.");
        var scope =
            need == Need.Administrator ? TokenScopes.Administer
            : IsSafe(http) ? TokenScopes.Read
            : TokenScopes.Write;
        return need == Need.Session ? Problems.Forbidden("This cannot be done with an access token; sign in.")
            : need == Need.Nobody || caller.May(scope) ? null
            : Problems.Forbidden($"The access token has no scope '{scope.ToString().ToLowerInvariant()}'.");
    }

    private static bool ByToken(HttpContext http) => http.Request.Headers.ContainsKey("Authorization");

    private static bool IsSafe(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
