namespace Verso.Server.Builds.Running;

/// <summary>What a caller may ask of a build; whether it may install is not among it.</summary>
/// <param name="RootPath">The document; null for the project's.</param>
/// <param name="Retry">Try again to install what has just failed.</param>
public sealed record BuildWishes(string? RootPath = null, bool StopOnFirstError = false, bool Retry = false);
