using Verso.Environments.Modules;

namespace Verso.Cli.Terminal;

/// <summary>What somebody may have meant who mistyped a name.</summary>
internal static class Spelling
{
    /// <returns>A question, or nothing when no name is near.</returns>
    public static string DidYouMean(string typed, IEnumerable<string> names) =>
        names.FirstOrDefault(name => Misspelling.Is(name, typed)) is { } name ? $" Did you mean '{name}'?" : "";
}
