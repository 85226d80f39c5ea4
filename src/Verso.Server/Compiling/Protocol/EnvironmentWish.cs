using System.Text.Json.Serialization;
using Verso.Environments.Resolving;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What a client would know of a project's environment, or have done to it, apart from any compile.</summary>
/// <param name="Requirements">The text of <c>requirements.vrf</c>.</param>
/// <param name="AllowPythonInstall">The gate's answer. Anything but <c>true</c> never starts pip.</param>
/// <param name="Owner">Whose project it is, where each owner has environments of their own.</param>
/// <param name="Resolution">What the project's requirements resolved to earlier.</param>
/// <param name="UntrustedFiles">To be told, when looking, whether the project's text runs in it.</param>
public sealed record EnvironmentWish(
    [property: JsonRequired] EnvironmentWork Work,
    [property: JsonRequired] string Requirements,
    bool AllowPythonInstall = false,
    string? Owner = null,
    Resolution? Resolution = null,
    IReadOnlyList<string>? UntrustedFiles = null
);

[JsonConverter(typeof(JsonStringEnumConverter<EnvironmentWork>))]
public enum EnvironmentWork
{
    /// <summary>Say what there is; nothing is resolved or built.</summary>
    [JsonStringEnumMemberName("look")]
    Look,

    /// <summary>Build it if there is none, and wait for that a while.</summary>
    [JsonStringEnumMemberName("build")]
    Build,

    /// <summary>The same, though it has just failed.</summary>
    [JsonStringEnumMemberName("retry")]
    Retry,

    /// <summary>Resolve anew, to what the index has now.</summary>
    [JsonStringEnumMemberName("refresh")]
    Refresh,
}
