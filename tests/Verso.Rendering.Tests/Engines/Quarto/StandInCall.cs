namespace Verso.Rendering.Tests.Engines.Quarto;

/// <param name="Home">The files that stood in the home when Quarto was started.</param>
internal sealed record StandInCall(
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Directory,
    IReadOnlyList<string> Home
);
