using System.Text.Json.Serialization;

namespace Verso.Rendering.Logs.Advising;

public enum AdviceKind
{
    /// <summary>A package is known for the module: its line can be added to the requirements.</summary>
    AddPackage,

    /// <summary>The requirements name the package, but the render ran without it.</summary>
    NotInstalled,

    /// <summary>The package is there; another of its versions may have what was asked for.</summary>
    OtherVersion,

    /// <summary>It is, or was, part of Python itself.</summary>
    StandardLibrary,

    /// <summary>It is a file of the project, which Python does not find or which lacks what was asked for.</summary>
    ProjectModule,

    /// <summary>A package expects a shared library of the system.</summary>
    SharedLibrary,

    /// <summary>What Verso's own programs need is missing: the operator's matter.</summary>
    Installation,

    /// <summary>No package is known to bring the module; it may be one of the project's own.</summary>
    UnknownModule,

    /// <summary>A package is known for the module, but the operator allows none of its name.</summary>
    NotAllowed,
}

/// <summary>What to do about something that could not be imported, for programs to act on.</summary>
/// <param name="Module">What was asked for: a module, a shared library, or a program.</param>
/// <param name="RequirementLine">What to add to <c>requirements.vrf</c>.</param>
public sealed record Advice(
    AdviceKind Kind,
    string Module,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Package = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequirementLine = null
);
