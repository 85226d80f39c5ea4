using System.Text.Json;
using Verso.Environments.Wheels;

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

    /// <exception cref="WheelException">A wheel has a file where the kernelspec needs a folder, or the reverse.</exception>
    public static void CheckPlace(EnvironmentPlan plan)
    {
        if (plan.Folders.Contains(Path))
            throw new WheelException($"A package has a folder at {Path}, which is a file in every environment.");
        foreach (var folder in Entries.Skip(1))
            if (plan.Files.TryGetValue(folder, out var file))
                throw new WheelException(
                    $"{file.Wheel.Manifest.FileName} has a file '{folder}', which is a folder in every environment."
                );
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
