using System.Text.Json.Serialization;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Rendering;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What the cells ran with.</summary>
/// <param name="Key">The environment's; null for the base interpreter.</param>
/// <param name="Reason">Why the base interpreter.</param>
/// <param name="Resolution">For clients that keep it with the project.</param>
public sealed record EnvironmentReport(
    [property: JsonConverter(typeof(KebabCaseConverter<EnvironmentState>))] EnvironmentState State,
    string? Key,
    [property: JsonConverter(typeof(KebabCaseConverter<BaseReason>))] BaseReason? Reason,
    double Seconds,
    IReadOnlyList<PackageSummary> Packages,
    Resolution? Resolution
)
{
    internal static EnvironmentReport Of(RenderResult result)
    {
        var environment = result.Environment;
        return new(
            environment.State,
            environment.Key,
            environment.Reason,
            environment.Seconds,
            environment.Packages,
            result.Resolution
        );
    }
}
