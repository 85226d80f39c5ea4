using System.Text.Json.Serialization;
using Verso.Rendering;

namespace Verso.Server.Compiling.Protocol;

/// <param name="Url">Where it is to be had.</param>
/// <param name="Path">Relative to the build.</param>
/// <param name="Type">Its name's extension.</param>
/// <param name="Build">The build's id.</param>
/// <param name="Size">In bytes.</param>
public sealed record OutputFile(
    string Url,
    string Path,
    string Type,
    string Build,
    long Size,
    [property: JsonConverter(typeof(KebabCaseConverter<OutputKind>))] OutputKind Kind
)
{
    /// <summary>A path as a URL has it.</summary>
    internal static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
