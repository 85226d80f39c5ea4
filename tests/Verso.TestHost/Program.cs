// What a test must have a process of its own for, because it kills it or shares locks with it.
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;
using Verso.TestHost;

switch (args)
{
    // Runs a program and passes its output on.
    case ["run", var program, .. var arguments]:
        await ProcessRunner.RunAsync(
            new ProcessSpec(program, arguments) { OnOutput = Console.WriteLine },
            CancellationToken.None
        );
        return 0;

    // Says whether a lock could be taken, and holds it until standard input ends.
    case ["lock", var mode, var path]:
    {
        using var taken = mode == "shared" ? FileLock.TryAcquireShared(path) : FileLock.TryAcquireExclusive(path);
        Console.WriteLine(taken is null ? "busy" : "held");
        Console.In.ReadToEnd();
        return 0;
    }

    // Acquires a project's environment, shows the log as it comes, and holds the lease until standard input ends.
    case ["acquire", var store, var index, var project]:
    {
        var options = new EnvironmentsOptions { Enabled = true, StoreDirectory = store };
        var environments = new EnvironmentStore(
            options,
            new PackageIndexOptions { Upstream = index },
            new Sandbox(new SandboxOptions()),
            TimeProvider.System
        );
        using var outcome = await environments.AcquireAsync(
            new EnvironmentRequest(project, AllowInstall: true),
            new PrintedLog(),
            CancellationToken.None
        );
        Console.WriteLine(
            outcome switch
            {
                EnvironmentOutcome.Leased leased => $"{(leased.Built ? "built" : "reused")} {leased.Environment.Key}",
                EnvironmentOutcome.Base failed => $"base {failed.Message}",
                _ => "",
            }
        );
        Console.In.ReadToEnd();
        return 0;
    }

    default:
        return 2;
}
