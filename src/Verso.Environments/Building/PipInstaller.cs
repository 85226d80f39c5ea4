using Verso.Environments.Gateway;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Installs exactly the pins, by hash.</summary>
internal sealed class PipInstaller(Pip pip, StoreLayout layout)
{
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
}
