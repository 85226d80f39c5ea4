namespace Verso.Server.Tests.Workspace.Access;

/// <summary>A kind of caller, as its requests look: a cookie with its antiforgery token, or a share link.</summary>
internal sealed record KindOfCaller(string Name, string? Cookie, string? Antiforgery, string? Id);
