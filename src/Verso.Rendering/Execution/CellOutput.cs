using System.Text.Json.Serialization;

namespace Verso.Rendering.Execution;

/// <summary>Something that a cell showed, in nbformat's terms.</summary>
[JsonDerivedType(typeof(Stream), "stream")]
[JsonDerivedType(typeof(Display), "display")]
[JsonDerivedType(typeof(Error), "error")]
public abstract record CellOutput
{
    /// <param name="Name">stdout or stderr.</param>
    public sealed record Stream(string Name, string Text) : CellOutput;

    /// <summary>A display or the value of the last expression.</summary>
    /// <param name="Data">By MIME type; binary data in base64.</param>
    /// <param name="Width">Of an image in CSS pixels, when it is not the number of its own.</param>
    /// <param name="Id">What code that updates the display later calls it.</param>
    /// <param name="Library">The script that its HTML needs, by its name in <see cref="ExecutionResult.Libraries"/>.</param>
    public sealed record Display(IReadOnlyDictionary<string, string> Data, int? Width, string? Id, string? Library)
        : CellOutput;

    public sealed record Error(ExecutionError Details) : CellOutput;

    public sealed record Clear : CellOutput;
}
