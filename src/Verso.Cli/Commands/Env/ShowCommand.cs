using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

internal static class ShowCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "An environment's key, or the start of it" };
        var command = new Command("show", "Show what an environment holds") { key };
        command.Runs(
            (arguments, settings, _) =>
            {
                var (environment, lastUsed) = Find(settings.OpenStore(), arguments.GetRequiredValue(key));
                var record = environment.Record;
                var details = new EnvironmentDetails(
                    record.Key,
                    environment.Directory,
                    record.BuiltAt,
                    record.BuildSeconds,
                    lastUsed,
                    record.Interpreter,
                    record.InterpreterVersion,
                    record.Requirements,
                    record.Packages
                );
                if (arguments.WantsJson())
                    Output.Json(details);
                else
                    Show(details);
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }

    private static void Show(EnvironmentDetails details)
    {
        Line("key", details.Key);
        Line("directory", details.Directory);
        Line("built", $"{Words.Date(details.BuiltAt)} in {details.BuildSeconds:0.0} s");
        Line("used", Words.Date(details.LastUsed));
        Line("interpreter", $"{details.Interpreter} ({details.InterpreterVersion})");
        Line("requirements", string.Join(", ", details.Requirements));
        var heading = "packages";
        foreach (var pin in details.Packages)
        {
            Line(heading, $"{pin.Name}=={pin.Version}{(pin.Requested ? "" : "  (needed by another)")}");
            heading = "";
        }
    }

    private static void Line(string name, string value) =>
        Output.Data.Line(new Piece($"{name, -14}", Tone.Strong), value);

    private static (PythonEnvironment Environment, DateTimeOffset LastUsed) Find(EnvironmentStore store, string key)
    {
        var found = store.List().Where(entry => entry.Environment.Key.StartsWith(key)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UsageException(
                $"There is no environment whose key starts with '{key}'; see 'verso env list'."
            ),
            _ => throw new UsageException($"{found.Count} environments' keys start with '{key}'; give more of it."),
        };
    }
}
