using System.Text.RegularExpressions;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>
/// What Quarto misses of the installation: nothing that an author could mend. A document's code can print the same, so
/// what can be looked up is, and the rest counts before any code runs.
/// </summary>
internal sealed partial class QuartoInstallation(QuartoRun run)
{
    private const string R = "Rscript";
    private const string Tex = "lualatex";

    private bool _codeRan = run.CodeRan;

    /// <summary>Whether code of documents may have printed some of a log, so that not all of it is Quarto's own.</summary>
    public static bool HasCodeRun(string log) => QuartoText.Lines(log).Any(BeginsCode);

    /// <summary>Takes notice of a line.</summary>
    public void Pass(string line) => _codeRan |= BeginsCode(line);

    /// <returns>Null when the line says something else.</returns>
    public LogEntry? Fault(string line) =>
        (_codeRan ? null : WithoutKernel(line)) ?? (run.IsInstalled(Tex) ? null : WithoutTex(line));

    /// <summary>The same of the error that one of Quarto's own Python programs ended with.</summary>
    public LogEntry? WithoutJupyter(string error) =>
        !_codeRan && NoModule().Match(error) is { Success: true } missing
            ? Entry(
                $"The Python that Quarto runs with has no Jupyter (its module '{missing.Groups["module"].Value}' is missing); "
                    + "this is not the document's fault. The operator can add it to the base interpreter "
                    + "(Debian: python3-nbclient python3-ipykernel).",
                missing.Groups["module"].Value,
                error
            )
            : null;

    /// <summary>The same of an error of Quarto's.</summary>
    public LogEntry? WithoutR(string error) =>
        error.StartsWith($"Error executing '{R}'") && !run.IsInstalled(R)
            ? Entry(
                "R is not in this installation, which cells in {r} need; its operator can add it (Debian: r-base).",
                R,
                error
            )
            : null;

    /// <summary>The same of a warning; only the operator chooses Quarto's Python.</summary>
    public LogEntry? WithoutPython(string warning) =>
        !_codeRan && warning.StartsWith("Specified QUARTO_PYTHON")
            ? Entry($"{QuartoError.Sentence(warning)} This is not the document's fault.", "QUARTO_PYTHON", warning) with
            {
                Level = EntryLevel.Warning,
            }
            : null;

    private static LogEntry? WithoutKernel(string line) =>
        line.EndsWith("No module named ipykernel_launcher")
            ? Entry(
                "The Python that was to run the cells has no ipykernel; this is not the document's fault. "
                    + "The operator can add it to the base interpreter (Debian: python3-ipykernel).",
                "ipykernel",
                line
            )
        : NoKernel().Match(line) is { Success: true } kernel
            ? Entry(
                $"There is no Jupyter kernel '{kernel.Groups["name"].Value}' here; this is not the document's fault. "
                    + "The operator can add ipykernel to the base interpreter (Debian: python3-ipykernel).",
                "ipykernel",
                line
            )
        : null;

    private static LogEntry? WithoutTex(string line) =>
        line.StartsWith("No TeX installation was detected")
            ? Entry(
                "This format needs TeX, which is not in this installation. The operator can add it "
                    + "(Debian: texlive-luatex texlive-latex-extra); `format: typst` makes a PDF without it.",
                "tex",
                line
            )
            : null;

    /// <param name="what">The program or the module that is missing.</param>
    private static LogEntry Entry(string message, string what, string raw) =>
        new(EntryLevel.Error, message, new Advice(AdviceKind.Installation, what), Raw: raw);

    // The cells, or the filters of pandoc.
    private static bool BeginsCode(string line) => CodeBegins().IsMatch(line);

    [GeneratedRegex(@"^(?:Executing '| *Cell [0-9]+/[0-9]+: |pandoc *$)")]
    private static partial Regex CodeBegins();

    [GeneratedRegex(@"^ModuleNotFoundError: No module named '(?<module>[^']+)'$")]
    private static partial Regex NoModule();

    [GeneratedRegex(@"(?:^|- )No such kernel named (?<name>\S+)$")]
    private static partial Regex NoKernel();
}
