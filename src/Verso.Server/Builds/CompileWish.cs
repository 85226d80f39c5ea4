namespace Verso.Server.Builds;

/// <summary>What somebody asks of a compile. Whether packages are installed is not theirs to say.</summary>
/// <param name="RootPath">The document; null for the project's.</param>
/// <param name="FromScratch">Without anything that is left of earlier ones.</param>
/// <param name="Retry">Try again to install what has just failed.</param>
internal sealed record CompileWish(
    string? RootPath = null,
    bool FromScratch = false,
    bool StopOnFirstError = false,
    bool Retry = false
);
