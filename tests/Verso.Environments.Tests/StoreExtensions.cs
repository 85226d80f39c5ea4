using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests;

internal static class StoreExtensions
{
    public static Task<EnvironmentOutcome> AcquireAsync(
        this EnvironmentStore store,
        string project,
        IProgress<string>? progress = null
    ) =>
        store.AcquireAsync(
            new EnvironmentRequest(project, AllowInstall: true),
            progress,
            TestContext.Current.CancellationToken
        );

    public static async Task<Resolution> ResolveAsync(this EnvironmentStore store, string project, bool refresh = false)
    {
        var outcome = await store.ResolveAsync(
            new EnvironmentRequest(project, AllowInstall: true),
            refresh,
            progress: null,
            TestContext.Current.CancellationToken
        );
        return outcome.ShouldBeOfType<ResolutionOutcome.Resolved>().Resolution;
    }

    public static EnvironmentOutcome.Leased ShouldBeLeased(this EnvironmentOutcome outcome) =>
        outcome as EnvironmentOutcome.Leased
        ?? throw new ShouldAssertException($"{outcome}\n{(outcome as EnvironmentOutcome.Base)?.Log}");

    public static IEnumerable<string> PackageNames(this PythonEnvironment environment) =>
        environment.Record.Packages.Select(pin => $"{pin.Name}=={pin.Version}");

    /// <returns>What the environment's Python printed.</returns>
    public static async Task<string> RunPythonAsync(this PythonEnvironment environment, string code) =>
        (await Run.CheckedAsync(environment.Python, "-I", "-c", code)).TrimEnd('\n');
}
