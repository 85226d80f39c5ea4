using Verso.Sandboxing;

namespace Verso.Bench.Store;

/// <summary>What people do without Verso: a virtualenv, then pip, here from a folder of wheels.</summary>
internal static class PlainRecipe
{
    public const string Name = "venv, then pip install -r";

    public static async Task<TimeSpan> BuildAsync(string environment, string project, PackageSet packages)
    {
        var (_, venv) = await Programs.RunAsync(
            new ProcessSpec("/usr/bin/python3", "-m", "venv", "--system-site-packages", environment)
        );
        var requirements = Path.Combine(project, "requirements.vrf");
        string[] index = ["--no-index", "--find-links", packages.Wheelhouse];
        var (_, pip) = await Programs.RunAsync(
            new ProcessSpec($"{environment}/bin/pip", ["install", .. index, "-r", requirements])
        );
        return venv + pip;
    }
}
