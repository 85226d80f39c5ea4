using System.Text.Json;

namespace Verso.Environments.Building;

/// <summary>
/// The kernelspec inside an environment. Jupyter finds it before the system's, which names the base interpreter by an
/// absolute path and would run the cells there.
/// </summary>
internal static class Kernelspec
{
    /// <summary>Where it stands, inside the environment.</summary>
    public const string Path = "share/jupyter/kernels/python3/kernel.json";

    /// <summary>Its path and those of its folders.</summary>
    public static IEnumerable<string> Entries
    {
        get
        {
            for (var path = Path; path.Length > 0; path = System.IO.Path.GetDirectoryName(path)!)
                yield return path;
        }
    }

    public static byte[] Content(string environmentDirectory) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>
            {
                ["argv"] = (string[])
                    [
                        System.IO.Path.Combine(environmentDirectory, "bin", "python"),
                        "-m",
                        "ipykernel_launcher",
                        "-f",
                        "{connection_file}",
                    ],
                ["display_name"] = "Python 3 (Verso)",
                ["language"] = "python",
                ["metadata"] = new Dictionary<string, object> { ["debugger"] = true },
            }
        );

    public static async Task WriteAsync(string environmentDirectory, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(environmentDirectory, Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        // ipykernel's own may be there, a link to the wheel store's, which is not to be written to.
        File.Delete(file);
        await File.WriteAllBytesAsync(file, Content(environmentDirectory), cancellationToken);
    }
}
