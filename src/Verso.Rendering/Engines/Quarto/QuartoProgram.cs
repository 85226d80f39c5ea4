using System.Text.RegularExpressions;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>An installed Quarto.</summary>
/// <param name="Path">The program itself, behind whatever links lead to it.</param>
/// <param name="Folders">What running it needs besides the system's own folders.</param>
public sealed partial record QuartoProgram(string Path, IReadOnlyList<string> Folders)
{
    private static readonly string[] WithoutTex = ["html", "revealjs", "docx", "typst", "pptx", "epub", "gfm"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="program">A path, or a name that is looked up on PATH.</param>
    public static QuartoProgram? TryFind(string program)
    {
        if (ProgramPath.TryFind(program) is not { } found)
            return null;
        var path = File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
        return new QuartoProgram(path, path.StartsWith("/usr/") ? [] : [Root(path) ?? path]);
    }

    /// <summary>The formats that people ask for most, of those that can be made here.</summary>
    public static IReadOnlyList<string> Formats =>
        ProgramPath.TryFind("lualatex") is null ? WithoutTex : [.. WithoutTex, "pdf"];

    /// <returns>The version that it gives; null when it does not work.</returns>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox, in which it is asked.</exception>
    public async Task<string?> VersionAsync(Sandbox sandbox, CancellationToken cancellationToken)
    {
        var spec = new ProcessSpec(Path, "--version")
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = SandboxProfile.Home,
            },
        };
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = Folders,
            AddressSpaceMiB = null, // as when it renders
            Limits = sandbox.Options.Render with { WallTime = Patience },
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        return result.Succeeded && Version().Match(result.Process.Output) is { Success: true } version
            ? version.Value
            : null;
    }

    // Only what is laid out as Quarto is: the program may stand in somebody's home, which is not to be shown to documents.
    private static string? Root(string path)
    {
        var root = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(path));
        return root is not null && File.Exists(System.IO.Path.Combine(root, "share", "version")) ? root : null;
    }

    [GeneratedRegex(@"^[0-9]+(?:\.[0-9]+)+\S*", RegexOptions.Multiline)]
    private static partial Regex Version();
}
