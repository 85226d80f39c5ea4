using System.CommandLine;
using Verso.Cli.Terminal;

namespace Verso.Cli.Commands.Env;

internal static class RemoveCommand
{
    public static Command Create()
    {
        var keys = KeyArgument.Several();
        var command = new Command("remove", "Remove environments; they are built again when they are needed") { keys };
        command.Runs(
            async (arguments, settings, _) =>
            {
                await using var store = settings.OpenStore();
                // All are found before any is removed, so that a mistyped one removes nothing.
                var found = arguments
                    .GetRequiredValue(keys)
                    .Select(key => KeyArgument.Find(store, key).Environment)
                    .DistinctBy(environment => environment.Key)
                    .ToList();
                var removed = found.ToLookup(environment => store.TryRemove(environment.Key));
                if (arguments.WantsJson())
                    Output.Json(
                        new RemovalReport(
                            [.. removed[true].Select(environment => environment.Key)],
                            [.. removed[false].Select(environment => environment.Key)]
                        )
                    );
                foreach (var environment in arguments.WantsJson() ? [] : removed[true])
                    Output.Data.Line(new Piece("removed ", Tone.Good), environment.ShortKey);
                foreach (var environment in arguments.WantsJson() ? [] : removed[false])
                    Output.Talk.Line($"{environment.ShortKey} is in use by a render or a build; try again later.");
                return removed[false].Any() ? ExitCodes.DocumentFailed : ExitCodes.Success;
            }
        );
        return command;
    }
}
