using Verso.Environments.Resolving;

namespace Verso.Server.Python;

/// <summary>What was installed, as one line of the audit log.</summary>
internal static class InstalledPackages
{
    public static string Line(Resolution resolution) =>
        string.Join(", ", resolution.Pins.Select(pin => $"{pin.Name} {pin.Version}"));
}
