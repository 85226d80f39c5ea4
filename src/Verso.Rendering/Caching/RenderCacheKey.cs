using Verso.Environments;
using Verso.Environments.Store;
using Verso.Rendering.Engines;

namespace Verso.Rendering.Caching;

/// <summary>
/// Whose cache it is. Documents' code can put there what it likes, so another combination starts without it.
/// </summary>
/// <param name="Project">What tells the project from others: its folder, or the id that it is kept under.</param>
/// <param name="Person">Empty for anybody.</param>
/// <param name="MayInstall">The gate's answer.</param>
/// <param name="EnvironmentKey">Null for the base interpreter.</param>
public sealed record RenderCacheKey(string Project, string Person, bool MayInstall, string? EnvironmentKey)
{
    internal static RenderCacheKey Of(EngineRequest request) =>
        new(
            request.ProjectDirectory,
            request.Render.Person,
            request.Render.AllowInstall,
            (request.Environment as EnvironmentOutcome.Leased)?.Environment.Key
        );

    public string ToHash() => CanonicalJson.Hash(this);
}
