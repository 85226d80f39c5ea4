using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What a client asks for.</summary>
/// <param name="RootResourcePath">The document; null for <c>index.qmd</c>, <c>main.qmd</c>, or the only one there is.</param>
public sealed record CompileRequest(
    CompileOptions? Options = null,
    string? RootResourcePath = null,
    IReadOnlyList<Resource>? Resources = null
)
{
    [JsonIgnore]
    internal CompileOptions Wanted => Options ?? CompileOptions.Default;

    [JsonIgnore]
    internal IReadOnlyList<Resource> Files => Resources ?? [];
}

/// <summary>The body of a request, as CLSI has it.</summary>
public sealed record CompileRequestBody([property: JsonRequired] CompileRequest Compile);
