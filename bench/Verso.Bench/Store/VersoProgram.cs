using System.Text.Json;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Bench.Store;

/// <summary>The store of a directory: through <c>verso env build</c>, and through the library that it calls.</summary>
/// <param name="Salt">With another one every environment is another, made of the same wheels.</param>
internal sealed record VersoProgram(string StoreDirectory, PackageSet Packages, string Salt = "")
{
    // Its own folder: beside the benchmarks it would be short of what their frameworks bring.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        "../../Verso.Cli/release/verso.dll"
    );

    /// <returns>Whether this process was the one that built, and what it took as a whole.</returns>
    public async Task<(bool Built, TimeSpan Elapsed)> BuildAsync(string project)
    {
        var (output, elapsed) = await Programs.RunAsync(
            new ProcessSpec("dotnet", Program, "env", "build", "--json", project),
            new()
            {
                ["PYTHON_VENVS_DIR"] = StoreDirectory,
                ["Environments__Salt"] = Salt,
                ["PackageIndex__Wheelhouses__0"] = Packages.Wheelhouse,
            }
        );
        using var report = JsonDocument.Parse(output);
        return (report.RootElement.GetProperty("state").GetString() == "built", elapsed);
    }

    public EnvironmentsOptions Options =>
        new()
        {
            Enabled = true,
            StoreDirectory = StoreDirectory,
            Salt = Salt,
            BuildWait = Timeout.InfiniteTimeSpan,
        };

    public PackageIndexOptions Index => new() { Wheelhouses = [Packages.Wheelhouse] };

    public EnvironmentStore Open() => new(Options, Index, new Sandbox(new SandboxOptions()), TimeProvider.System);
}
