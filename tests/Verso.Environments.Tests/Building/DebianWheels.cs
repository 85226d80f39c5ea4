namespace Verso.Environments.Tests.Building;

/// <summary>Wheels of real projects, made of Debian's packages once and kept among the build's artifacts.</summary>
internal static class DebianWheels
{
    public static async Task<string> DirectoryAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Verso.slnx")))
            root = root.Parent;
        root.ShouldNotBeNull("the tests run from somewhere inside the repository");
        var wheels = Path.Combine(root.FullName, "artifacts", "test-wheels");
        await Run.CheckedAsync("/usr/bin/python3", Path.Combine(root.FullName, "tests", "debian-wheels"), wheels);
        return wheels;
    }
}
