using System.Text.Json;
using System.Text.RegularExpressions;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Checking;

/// <summary>What <c>check_imports.py</c> prints.</summary>
internal sealed partial record ImportCheckReport(IReadOnlyList<MissingImport> Missing, IReadOnlyList<int> OpenPaths)
{
    private const int MaxName = 200;
    private const int MaxMissing = 1000;

    private static readonly ImportCheckReport Nothing = new([], []);

    /// <summary>Packages can run code when the interpreter starts, so what it prints may be anything.</summary>
    public static ImportCheckReport Parse(string output)
    {
        try
        {
            return
                JsonSerializer.Deserialize<ImportCheckReport>(output, JsonSerializerOptions.Web)
                    is { Missing: not null, OpenPaths: not null } report
                ? report with
                {
                    Missing = [.. report.Missing.Where(IsSound).Take(MaxMissing)],
                }
                : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static bool IsSound(MissingImport? missing) =>
        missing is { Module.Length: > 0 and <= MaxName, Line: > 0 }
        && DottedName().IsMatch(missing.Module)
        && (missing.File is null || ProjectPath.IsValid(missing.File));

    [GeneratedRegex(@"^\w+(?:\.\w+)*\z")]
    private static partial Regex DottedName();
}

/// <param name="Document">Its place among those that were asked about.</param>
/// <param name="Cell">The cell's index; null in a file.</param>
/// <param name="File">A module of the project's own, relative to the project.</param>
/// <param name="Line">From 1, in the cell's source or the file.</param>
/// <param name="Certain">Whether the import is carried out whatever happens.</param>
internal sealed record MissingImport(int Document, int? Cell, string? File, int Line, string Module, bool Certain);
