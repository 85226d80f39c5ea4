using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Resolving;

namespace Verso.Cli.Commands.Env;

internal static class ShowCommand
{
    public static Command Create()
    {
        var key = KeyArgument.One();
        var format = new Option<string?>("--format")
        {
            Description = "cyclonedx: a bill of materials as JSON",
            HelpName = "FORMAT",
        };
        var command = new Command("show", "Show what an environment holds") { key, format };
        command.Runs(
            async (arguments, settings, _) =>
            {
                var wantsSbom = arguments.GetValue(format) switch
                {
                    null => false,
                    "cyclonedx" => true,
                    var other => throw new UsageException($"There is no format '{other}'; there is: cyclonedx."),
                };
                await using var store = settings.OpenStore();
                var (environment, lastUsed) = KeyArgument.Find(store, arguments.GetRequiredValue(key));
                var record = environment.Record;
                if (wantsSbom)
                {
                    Output.Data.Line(Sbom.CycloneDx(record));
                    return ExitCodes.Success;
                }
                var details = new EnvironmentDetails(
                    record.Key,
                    environment.Directory,
                    record.BuiltAt,
                    record.BuildSeconds,
                    lastUsed,
                    record.Interpreter,
                    record.InterpreterVersion,
                    record.Bytes,
                    record.Requirements,
                    record.Packages,
                    record.Warnings
                );
                if (arguments.WantsJson())
                    Output.Json(details);
                else
                    Show(details);
                return ExitCodes.Success;
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
        Line("size", Words.Size(details.Bytes));
        Line("requirements", string.Join(", ", details.Requirements));
        var heading = "packages";
        foreach (var pin in details.Packages)
        {
            Line(heading, $"{pin.Name}=={pin.Version}{NeededBy(pin)}");
            heading = "";
        }
        heading = "warnings";
        foreach (var warning in details.Warnings)
        {
            Line(heading, warning);
            heading = "";
        }
    }

    private static string NeededBy(Pin pin) =>
        pin.RequiredBy.Count == 0 ? "" : $"  (needed by {string.Join(", ", pin.RequiredBy)})";

    private static void Line(string name, string value) =>
        Output.Data.Line(new Piece($"{name, -14}", Tone.Strong), value);
}
