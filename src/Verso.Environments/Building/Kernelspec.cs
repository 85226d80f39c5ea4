using System.Text.Json;

namespace Verso.Environments.Building;

/// <summary>
/// The kernelspec inside an environment. Jupyter finds it before the system's, which names the base interpreter by an
/// absolute path and would run the cells there.
/// </summary>
internal static class Kernelspec
{
    public static async Task WriteAsync(string environmentDirectory, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(environmentDirectory, "share", "jupyter", "kernels", "python3");
        Directory.CreateDirectory(folder);
        var python = Path.Combine(environmentDirectory, "bin", "python");
        var spec = JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["argv"] = (string[])[python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                ["display_name"] = "Python 3 (Verso)",
                ["language"] = "python",
                ["metadata"] = new Dictionary<string, object> { ["debugger"] = true },
            }
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "kernel.json"), spec, cancellationToken);
    }
}
