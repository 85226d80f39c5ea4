using System.Text.Json.Serialization;

namespace Verso.Rendering.Logs;

public enum AdviceKind
{
    /// <summary>A package is known for the module: its line can be added to the requirements.</summary>
    AddPackage,

    /// <summary>The requirements name the package, but the render ran without it.</summary>
    NotInstalled,

    /// <summary>No package is known to bring the module; it may be one of the project's own.</summary>
    UnknownModule,
}

/// <summary>What to do about a module that was not found, for programs to act on.</summary>
/// <param name="RequirementLine">What to add to <c>requirements.vrf</c>.</param>
public sealed record Advice(
    AdviceKind Kind,
    string Module,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Package = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequirementLine = null
);
