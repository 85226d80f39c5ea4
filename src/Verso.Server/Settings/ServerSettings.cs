using Microsoft.Extensions.Configuration;
using Verso.Environments;
using Verso.Rendering;
using Verso.Sandboxing;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Compiling;
using Verso.Server.Projects;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Web;

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
    public WebOptions Web { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public AccountsOptions Accounts { get; init; } = new();

    public ProjectsOptions Projects { get; init; } = new();

    public SharingOptions Sharing { get; init; } = new();

    public BuildsOptions Builds { get; init; } = new();

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
        )
        {
            Web = reader.Read<WebOptions>("Web"),
            Storage = reader.Read<StorageOptions>("Storage"),
            Accounts = reader.Read<AccountsOptions>("Accounts"),
            Projects = reader.Read<ProjectsOptions>("Projects"),
            Sharing = ReadSharing(reader),
            Builds = reader.Read<BuildsOptions>("Builds"),
        };
        string[] faults =
        [
            .. reader.Faults,
            .. settings.Compile.Faults(),
            .. settings.Environments.Faults(),
            .. settings.PackageIndex.Faults(),
            .. settings.Sandbox.Faults(),
            .. settings.Rendering.Faults(),
            .. settings.Web.Faults(),
            .. settings.Storage.Faults(),
            .. settings.Accounts.Faults(),
            .. settings.Projects.Faults(),
            .. settings.Sharing.Faults(),
            .. settings.Builds.Faults(),
            .. settings.FaultsTogether(),
        ];
        return faults.Length == 0 ? settings : throw new SettingsException(faults);
    }

    // Of settings that are right each on its own.
    private IEnumerable<string> FaultsTogether()
    {
        if (Compile.Endpoints.Count > 0 && Web.InternalUrl.Length == 0)
            yield return "Compile:Endpoints names compile services on other machines, but not Web:InternalUrl where they get projects' files; set it to this server's address as they reach it, such as http://verso-web:3000.";
    }

    private static SharingOptions ReadSharing(SettingsReader reader)
    {
        var sharing = reader.Read<SharingOptions>("Sharing");
        return sharing with
        {
            AnonymousReadAndWrite =
                sharing.AnonymousReadAndWrite || reader.Flag("OVERLEAF_ALLOW_ANONYMOUS_READ_AND_WRITE_SHARING"),
        };
    }
}
