using System.Security.Cryptography;
using System.Text.Json;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Resolves requirements to pins in a fresh empty virtualenv, and installs exactly those pins, by hash.</summary>
internal sealed class PipInstaller(Pip pip, StoreLayout layout)
{
    /// <exception cref="BuildException">Nothing satisfies the requirements, or pip could not find out.</exception>
    public async Task<IReadOnlyList<Pin>> ResolveAsync(
        BaseInterpreter interpreter,
        IReadOnlyList<string> requirements,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var staging = layout.NewStagingDirectory();
        try
        {
            var empty = Path.Combine(staging, "venv");
            await pip.CreateVirtualEnvironmentAsync(interpreter, empty, log, cancellationToken);
            var wanted = Path.Combine(staging, "requirements.txt");
            await File.WriteAllLinesAsync(wanted, requirements, cancellationToken);
            var report = Path.Combine(staging, "report.json");
            await pip.InstallAsync(empty, wanted, ["--dry-run", "--report", report], staging, log, cancellationToken);
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
        BaseInterpreter interpreter,
        IReadOnlyList<Pin> pins,
        string directory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        await pip.CreateVirtualEnvironmentAsync(interpreter, directory, log, cancellationToken);
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
                directory,
                pinned,
                ["--no-deps", "--require-hashes"],
                staging,
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

    private static string Sha256(JsonElement download)
    {
        if (
            download.GetProperty("archive_info").TryGetProperty("hash", out var hash)
            && hash.GetString() is { } text
            && text.StartsWith("sha256=")
        )
            return text["sha256=".Length..];
        // An index may name no hash; a wheelhouse's file is then hashed here.
        var address = new Uri(download.GetProperty("url").GetString()!);
        if (!address.IsFile)
            throw new BuildException(
                $"The package index names no SHA-256 for {address.Segments[^1]}; it cannot be trusted to stay the same."
            );
        using var wheel = File.OpenRead(address.LocalPath);
        return Convert.ToHexStringLower(SHA256.HashData(wheel));
    }
}
