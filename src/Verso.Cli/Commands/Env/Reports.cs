using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Rendering;

namespace Verso.Cli.Commands.Env;

/// <summary>What <c>env resolve</c> prints.</summary>
/// <param name="Key">Of the environment that these packages make, built or not.</param>
internal sealed record ResolvedReport(
    string RequirementsKey,
    string Key,
    DateTimeOffset ResolvedAt,
    IReadOnlyList<Pin> Packages
);

/// <summary>What <c>env build</c> prints.</summary>
/// <param name="Key">Null when the project names no packages; the state is then the base.</param>
internal sealed record BuildReport(
    string? Key,
    EnvironmentState State,
    double Seconds,
    IReadOnlyList<PackageSummary> Packages
);

/// <summary>What <c>env list</c> prints of each environment.</summary>
internal sealed record EnvironmentReport(
    string Key,
    DateTimeOffset BuiltAt,
    DateTimeOffset LastUsed,
    long Bytes,
    IReadOnlyList<string> Requirements,
    IReadOnlyList<PackageSummary> Packages
);

/// <summary>What <c>env show</c> prints.</summary>
internal sealed record EnvironmentDetails(
    string Key,
    string Directory,
    DateTimeOffset BuiltAt,
    double BuildSeconds,
    DateTimeOffset LastUsed,
    string Interpreter,
    string InterpreterVersion,
    long Bytes,
    IReadOnlyList<string> Requirements,
    IReadOnlyList<Pin> Packages,
    IReadOnlyList<string> Warnings
);

/// <summary>What <c>env refresh</c> prints.</summary>
internal sealed record RefreshReport(string Key, IReadOnlyList<MovedPackage> Moved);

/// <summary>What <c>env pin</c> prints.</summary>
internal sealed record PinReport(string Requirements);

/// <summary>What <c>env remove</c> prints.</summary>
internal sealed record RemovalReport(IReadOnlyList<string> Removed, IReadOnlyList<string> InUse);

/// <summary>What <c>env verify</c> prints of each environment.</summary>
internal sealed record VerificationReport(string Key, IReadOnlyList<string> Differences);

internal static class Packages
{
    public static IReadOnlyList<PackageSummary> Of(PythonEnvironment? environment) =>
        [.. (environment?.Record.Packages ?? []).Select(pin => new PackageSummary(pin.Name, pin.Version))];
}
