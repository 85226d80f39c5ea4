// What a test must have a process of its own for, because it kills it or shares locks with it.
using Verso.Environments;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Environments.Wheels;
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

    // Serves a workspace until it is killed, forgetting versions and collecting contents all the time; "ada" may sign in.
    case ["workspace", var directory, var connection, var password]:
        await WorkspaceHost.RunAsync(directory, connection, password);
        return 0;

    // Acquires wheels, each a path and a SHA-256, and holds them until standard input ends.
    case ["wheels", var store, .. var wheels]:
    {
        var options = new EnvironmentsOptions { StoreDirectory = store };
        var layout = new StoreLayout(options);
        var interpreter = await new InterpreterInspector(options, layout).InspectAsync(CancellationToken.None);
        using var held = await new WheelStore(layout, new Sandbox(new SandboxOptions())).AcquireAsync(
            [
                .. wheels
                    .Chunk(2)
                    .Select(wheel => new WheelSource(
                        Path.GetFileName(wheel[0]),
                        wheel[1],
                        async _ =>
                        {
                            Console.WriteLine("opening");
                            await Task.Yield();
                            return File.OpenRead(wheel[0]);
                        }
                    )),
            ],
            interpreter,
            new PrintedLog(),
            CancellationToken.None
        );
        foreach (var wheel in held.Wheels)
            Console.WriteLine($"held {wheel.Directory}");
        Console.In.ReadToEnd();
        return 0;
    }

    case ["chaos", var store, var index, var wheelhouse, var projects, var seed]:
    {
        await using var host = new ChaosHost(store, index, wheelhouse, projects, int.Parse(seed));
        await host.RunAsync();
        return 0;
    }

    default:
        return 2;
}
