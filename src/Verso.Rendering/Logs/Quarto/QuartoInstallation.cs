using System.Text.RegularExpressions;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>What Quarto misses of the installation: nothing that an author could mend.</summary>
internal static partial class QuartoInstallation
{
    /// <summary>The programs that say whether R and TeX are there.</summary>
    public const string R = "Rscript";
    public const string Tex = "lualatex";

    /// <returns>Null when the line says something else.</returns>
    public static LogEntry? WithoutKernel(string line)
    {
        if (line.EndsWith("No module named ipykernel_launcher"))
            return Entry(
                "The Python that was to run the cells has no ipykernel; this is not the document's fault. "
                    + "The operator can add it to the base interpreter (Debian: python3-ipykernel).",
                "ipykernel",
                line
            );
        return NoKernel().Match(line) is { Success: true } kernel
            ? Entry(
                $"There is no Jupyter kernel '{kernel.Groups["name"].Value}' here; this is not the document's fault. "
                    + "The operator can add ipykernel to the base interpreter (Debian: python3-ipykernel).",
                "ipykernel",
                line
            )
            : null;
    }

    public static LogEntry? WithoutTex(string line) =>
        line.StartsWith("No TeX installation was detected")
            ? Entry(
                "This format needs TeX, which is not in this installation. The operator can add it "
                    + "(Debian: texlive-luatex texlive-latex-extra); `format: typst` makes a PDF without it.",
                "tex",
                line
            )
            : null;

    public static LogEntry? WithoutR(string error) =>
        error.StartsWith("Error executing 'Rscript'")
            ? Entry(
                "R is not in this installation, which cells in {r} need; its operator can add it (Debian: r-base).",
                R,
                error
            )
            : null;

    /// <summary>The same of the error that one of Quarto's own Python programs ended with.</summary>
    public static LogEntry? WithoutJupyter(string error) =>
        NoModule().Match(error) is { Success: true } missing
            ? Entry(
                $"The Python that Quarto runs with has no Jupyter (its module '{missing.Groups["module"].Value}' is missing); "
                    + "this is not the document's fault. The operator can add it to the base interpreter "
                    + "(Debian: python3-nbclient python3-ipykernel).",
                missing.Groups["module"].Value,
                error
            )
            : null;

    /// <param name="what">The program or the module that is missing.</param>
    public static LogEntry Entry(string message, string what, string raw) =>
        new(EntryLevel.Error, message, new Advice(AdviceKind.Installation, what), Raw: raw);

    [GeneratedRegex(@"^ModuleNotFoundError: No module named '(?<module>[^']+)'$")]
    private static partial Regex NoModule();

    [GeneratedRegex(@"(?:^|- )No such kernel named (?<name>\S+)$")]
    private static partial Regex NoKernel();
}
