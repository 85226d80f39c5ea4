using Microsoft.Extensions.Configuration;
using Verso.Environments;

namespace Verso.Cli;

/// <summary>The settings as the environment variables give them.</summary>
internal sealed record CliSettings(EnvironmentsOptions Environments, PackageIndexOptions PackageIndex)
{
    /// <exception cref="UsageException">Settings are wrong; the message lists all faults.</exception>
    public static CliSettings Load()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        try
        {
            // Whoever runs the program owns the machine, so there is no switching environments off here.
            var environments = (
                configuration.GetSection("Environments").Get<EnvironmentsOptions>() ?? new EnvironmentsOptions()
            ) with
            {
                Enabled = true,
                StoreDirectory =
                    configuration["Environments:StoreDirectory"] ?? configuration["PYTHON_VENVS_DIR"] ?? DefaultStore(),
            };
            var index =
                configuration.GetSection("PackageIndex").Get<PackageIndexOptions>() ?? new PackageIndexOptions();
            string[] faults = [.. environments.Faults(), .. index.Faults()];
            return faults.Length == 0
                ? new CliSettings(environments, index)
                : throw new UsageException(string.Join('\n', faults));
        }
        catch (InvalidOperationException e) // a value of the wrong type; the message names the setting
        {
            throw new UsageException(e.Message);
        }
    }

    private static string DefaultStore()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(Path.GetFullPath(cache), "verso");
    }
}
