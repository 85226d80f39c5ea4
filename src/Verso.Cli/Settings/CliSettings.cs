using Microsoft.Extensions.Configuration;
using Verso.Cli.Terminal;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Sandboxing;
using Verso.Server.Settings;

namespace Verso.Cli.Settings;

/// <summary>The settings as the environment variables give them.</summary>
internal sealed record CliSettings(
    EnvironmentsOptions Environments,
    PackageIndexOptions PackageIndex,
    SandboxOptions Sandbox,
    RenderingOptions Rendering
)
{
    /// <summary>What the projects on this machine keep.</summary>
    public ProjectResolutions Resolutions => new(new StoreLayout(Environments));

    /// <exception cref="UsageException">Settings are wrong; all faults are in it.</exception>
    public static CliSettings Load()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var environments = reader.Read<EnvironmentsOptions>("Environments") with
        {
            // Whoever runs the program owns the machine, so there is no switching environments off here.
            Enabled = true,
            Scope = EnvironmentScope.Shared,
            // Who waits at a terminal can stop waiting.
            BuildWait = Timeout.InfiniteTimeSpan,
            StoreDirectory =
                reader.Text("Environments:StoreDirectory") ?? reader.Text("PYTHON_VENVS_DIR") ?? OwnCache(),
        };
        var index = reader.Read<PackageIndexOptions>("PackageIndex");
        var sandbox = reader.Read<SandboxOptions>("Sandbox");
        var rendering = reader.Read<RenderingOptions>("Rendering") with
        {
            CacheDirectory = reader.Text("Rendering:CacheDirectory") ?? Path.Combine(OwnCache(), "renders"),
        };
        string[] faults =
        [
            .. reader.Faults,
            .. environments.Faults(),
            .. index.Faults(),
            .. sandbox.Faults(),
            .. rendering.Faults(),
        ];
        return faults.Length == 0
            ? new CliSettings(environments, index, sandbox, rendering)
            : throw new UsageException("The settings are wrong.", [.. faults.Select(fault => new Fault(fault))]);
    }

    private static string OwnCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        // The standard has a relative one passed over.
        if (!Path.IsPathRooted(cache))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "verso");
    }
}
