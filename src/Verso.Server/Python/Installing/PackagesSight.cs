using Verso.Environments.Store;

namespace Verso.Server.Python.Installing;

/// <summary>What the environment store sees, as people are shown it.</summary>
internal static class PackagesSight
{
    public static Packages Add(Packages packages, EnvironmentSight sight)
    {
        packages = packages with { ResolvedAt = sight.Resolution?.ResolvedAt };
        if (sight.TextRefusal is { } refusal)
            return packages with { State = PackagesState.NotAllowed, Reason = refusal };
        if (sight.Environment is { Record: var record })
            return packages with
            {
                State = PackagesState.Ready,
                Key = record.Key,
                Size = record.Bytes,
                BuiltAt = record.BuiltAt,
                LastUsedAt = sight.LastUsed,
                All =
                [
                    .. record
                        .Packages.OrderBy(pin => pin.Name, StringComparer.OrdinalIgnoreCase)
                        .Select(pin => new Packages.PackageVersion(pin.Name, pin.Version, pin.Requested)),
                ],
            };
        if (sight.Building is { } building)
            return packages with { State = PackagesState.Building, Log = building };
        return sight.Failure is var (message, log)
            ? packages with
            {
                State = PackagesState.Failed,
                Reason = message,
                Log = log,
            }
            : packages;
    }
}
