using System.CommandLine;
using Verso.Cli.Settings;
using Verso.Cli.Terminal;
using Verso.Environments.Interpreters;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Cli.Commands;

/// <summary>A command's work, with everything it may throw turned into a sentence and an exit code.</summary>
internal static class CommandWork
{
    public static void Runs(this Command command, Func<ParseResult, CliSettings, CancellationToken, Task<int>> work) =>
        command.SetAction(
            (arguments, _) => RunAsync(arguments, (arguments, token) => work(arguments, Load(arguments), token))
        );

    /// <summary>The same for a server, which has settings of its own.</summary>
    public static void RunsServer(this Command command, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction((arguments, _) => RunAsync(arguments, work));

    public static bool WantsJson(this ParseResult arguments) => arguments.GetValue(VersoCommand.Json);

    public static EnvironmentStore OpenStore(this CliSettings settings) =>
        new(settings.Environments, settings.PackageIndex, new Sandbox(settings.Sandbox), TimeProvider.System);

    /// <summary>Whoever runs the program owns every environment in its store.</summary>
    public static ModuleSources ModuleSources(this CliSettings settings, EnvironmentStore store) =>
        new(
            new WheelhouseModules(settings.PackageIndex.Wheelhouses),
            new StoreModules(() => store.List().Select(entry => entry.Environment))
        )
        {
            Index = settings.PackageIndex,
        };

    /// <exception cref="IOException">The store cannot be written, so that nothing could be built in it.</exception>
    public static EnvironmentStore OpenStoreForBuilding(this CliSettings settings)
    {
        new StoreLayout(settings.Environments).Create();
        return settings.OpenStore();
    }

    private static CliSettings Load(ParseResult arguments)
    {
        var settings = CliSettings.Load();
        if (arguments.GetValue(VersoCommand.Unconfined))
            settings = settings with { Sandbox = settings.Sandbox with { Mode = SandboxMode.Unconfined } };
        if (settings.Sandbox.Mode == SandboxMode.Unconfined)
            Output.Talk.Line("The sandbox is off: code of documents and packages may do whatever you may.");
        return settings;
    }

    private static async Task<int> RunAsync(ParseResult arguments, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        using var interruption = new Interruption();
        try
        {
            return await work(arguments, interruption.Token);
        }
        catch (Exception) when (interruption.ExitCode is not null)
        {
            return interruption.ExitCode.Value;
        }
        catch (UsageException e)
        {
            Output.Fail(e.Message, e.Faults, arguments.WantsJson());
            return ExitCodes.Usage;
        }
        catch (Exception e)
            when (e
                    is InterpreterException
                        or ProgramNotFoundException
                        or SandboxUnavailableException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            Output.Fail(e.Message, [], arguments.WantsJson());
            return ExitCodes.OwnFault;
        }
        catch (Exception e) // a bug, of which people see a sentence
        {
            if (Environment.GetEnvironmentVariable("VERSO_DEBUG") is "1")
                Output.Talk.Line(e.ToString());
            Output.Fail(
                $"Verso itself failed: {e.Message.TrimEnd('.')}. Set VERSO_DEBUG=1 to see where.",
                [],
                arguments.WantsJson()
            );
            return ExitCodes.OwnFault;
        }
    }
}
