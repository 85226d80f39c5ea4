using Microsoft.Extensions.Configuration;
using Verso.Environments;
using Verso.Rendering;
using Verso.Sandboxing;
using Verso.Server.Compiling;

namespace Verso.Server.Settings;

/// <summary>All settings of a server.</summary>
public sealed record ServerSettings(
    CompileServiceOptions Compile,
    EnvironmentsOptions Environments,
    PackageIndexOptions PackageIndex,
    SandboxOptions Sandbox,
    RenderingOptions Rendering
)
{
    /// <exception cref="SettingsException">Settings are wrong; all faults are in it.</exception>
    public static ServerSettings Load(IConfigurationRoot configuration)
    {
        var reader = new SettingsReader(configuration);
        var environments = reader.Read<EnvironmentsOptions>("Environments");
        environments = environments with
        {
            Enabled = environments.Enabled || reader.Flag("OVERLEAF_ENABLE_PROJECT_PYTHON_VENV"),
            StoreDirectory =
                reader.Text("Environments:StoreDirectory")
                ?? reader.Text("PYTHON_VENVS_DIR")
                ?? environments.StoreDirectory,
        };
        var settings = new ServerSettings(
            reader.Read<CompileServiceOptions>("Compile"),
            environments,
            reader.Read<PackageIndexOptions>("PackageIndex"),
            reader.Read<SandboxOptions>("Sandbox"),
            reader.Read<RenderingOptions>("Rendering")
        );
        string[] faults =
        [
            .. reader.Faults,
            .. settings.Compile.Faults(),
            .. settings.Environments.Faults(),
            .. settings.PackageIndex.Faults(),
            .. settings.Sandbox.Faults(),
            .. settings.Rendering.Faults(),
        ];
        return faults.Length == 0 ? settings : throw new SettingsException(faults);
    }
}
