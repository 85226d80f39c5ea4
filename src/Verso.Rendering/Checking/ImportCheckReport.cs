using System.Text.Json;

namespace Verso.Rendering.Checking;

/// <summary>What <c>check_imports.py</c> prints.</summary>
internal sealed record ImportCheckReport(IReadOnlyList<MissingImport> Missing, IReadOnlyList<int> OpenPaths)
{
    private const int MaxName = 200;

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
                    Missing =
                    [
                        .. report.Missing.Where(missing => missing is { Module.Length: > 0 and <= MaxName, Line: > 0 }),
                    ],
                }
                : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }
}

/// <param name="Document">Its place among those that were asked about.</param>
/// <param name="Cell">The cell's index; null in a file.</param>
/// <param name="File">A module of the project's own, relative to the project.</param>
/// <param name="Line">From 1, in the cell's source or the file.</param>
/// <param name="Certain">Whether the import is carried out whatever happens.</param>
internal sealed record MissingImport(int Document, int? Cell, string? File, int Line, string Module, bool Certain);
