using System.Text.Json;
using System.Text.RegularExpressions;
using Verso.Environments.Gateway;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Resolves requirements to pins in a fresh empty virtualenv, and installs exactly those pins, by hash.</summary>
internal sealed partial class PipInstaller(Pip pip, StoreLayout layout)
{
    /// <exception cref="BuildException">Nothing satisfies the requirements, or pip could not find out.</exception>
    public async Task<IReadOnlyList<Pin>> ResolveAsync(
        RequirementsIdentity wanted,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var staging = layout.NewStagingDirectory();
        try
        {
            var empty = Path.Combine(staging, "venv");
            await pip.CreateVirtualEnvironmentAsync(wanted.Interpreter, empty, log, cancellationToken);
            var requirements = Path.Combine(staging, "requirements.txt");
            await File.WriteAllLinesAsync(requirements, wanted.Lines, cancellationToken);
            var report = Path.Combine(staging, "report.json");
            await pip.InstallAsync(
                wanted.Interpreter,
                empty,
                requirements,
                ["--dry-run", "--report", report],
                staging,
                new BuildTicket(wanted.RequirementsKey, ExactVersions(wanted.Lines)),
                log,
                cancellationToken
            );
            return ReadReport(report);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Makes the environment at its final place; a virtualenv does not survive being moved.</summary>
    /// <exception cref="BuildException">pip could not install the pins.</exception>
    public async Task InstallAsync(
        RequirementsIdentity wanted,
        IReadOnlyList<Pin> pins,
        string directory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        await pip.CreateVirtualEnvironmentAsync(wanted.Interpreter, directory, log, cancellationToken);
        await Kernelspec.WriteAsync(directory, cancellationToken);
        if (pins.Count == 0)
            return;
        var staging = layout.NewStagingDirectory();
        try
        {
            var pinned = Path.Combine(staging, "pins.txt");
            var lines = pins.Select(pin =>
                $"{PackageName.Normalize(pin.Name)}=={pin.Version} --hash=sha256:{pin.Sha256}"
            );
            await File.WriteAllLinesAsync(pinned, lines, cancellationToken);
            await pip.InstallAsync(
                wanted.Interpreter,
                directory,
                pinned,
                ["--no-deps", "--require-hashes"],
                staging,
                new BuildTicket(wanted.RequirementsKey, pins.ToDictionary(pin => pin.Name, pin => pin.Version)),
                log,
                cancellationToken
            );
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static List<Pin> ReadReport(string path)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. report
                .RootElement.GetProperty("install")
                .EnumerateArray()
                .Select(item => new Pin(
                    item.GetProperty("metadata").GetProperty("name").GetString()!,
                    item.GetProperty("metadata").GetProperty("version").GetString()!,
                    Sha256(item.GetProperty("download_info")),
                    item.GetProperty("requested").GetBoolean()
                ))
                .OrderBy(pin => PackageName.Normalize(pin.Name), StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, string> ExactVersions(IEnumerable<string> lines) =>
        lines
            .Select(line => ExactVersion().Match(line))
            .Where(match => match.Success)
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["version"].Value);

    // The gateway offers nothing without a hash.
    private static string Sha256(JsonElement download) =>
        download.GetProperty("archive_info").GetProperty("hash").GetString()!["sha256=".Length..];

    [GeneratedRegex(@"^(?<name>[a-z0-9-]+)(?:\[[^\]]*\])?==(?<version>[^,*;\s]+)(?:\s*;.*)?$")]
    private static partial Regex ExactVersion();
}
