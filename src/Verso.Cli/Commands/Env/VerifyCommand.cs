using System.CommandLine;
using Verso.Cli.Terminal;

namespace Verso.Cli.Commands.Env;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var named = KeyArgument.Several();
        named.Arity = ArgumentArity.ZeroOrMore;
        named.Description += "; all environments unless given";
        var repair = new Option<bool>("--repair")
        {
            Description = "Remove what differs; it is made anew when it is needed",
        };
        var command = new Command("verify", "Compare environments with the wheels they were made of, file by file")
        {
            named,
            repair,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                await using var store = settings.OpenStore();
                var asked = arguments.GetValue(named) ?? [];
                var keys =
                    asked.Length > 0
                        ? asked.Select(key => KeyArgument.Find(store, key).Environment.Key)
                        : store.List().Select(entry => entry.Environment.Key);
                var verification = store.Verification;
                var reports = new List<VerificationReport>();
                foreach (var key in keys.Distinct().ToList())
                    if (await verification.VerifyAsync(key, cancellationToken) is { } differences)
                        reports.Add(new VerificationReport(key, differences));
                if (arguments.WantsJson())
                    Output.Json<IReadOnlyList<VerificationReport>>(reports);
                else
                    reports.ForEach(Show);
                var unsound = reports.Where(report => report.Differences.Count > 0).ToList();
                if (arguments.GetValue(repair))
                    foreach (var report in unsound.Where(report => !verification.TryRepair(report.Key)))
                        Output.Talk.Line($"{report.Key[..12]} is in use by a render or a build; try again later.");
                else if (unsound.Count > 0)
                    Output.Talk.Line("With --repair, what differs is removed, and made anew when it is needed.");
                return reports.TrueForAll(report => report.Differences.Count == 0)
                    ? ExitCodes.Success
                    : ExitCodes.DocumentFailed;
            }
        );
        return command;
    }

    private static void Show(VerificationReport report)
    {
        if (report.Differences.Count == 0)
            Output.Data.Line(new Piece("sound ", Tone.Good), report.Key[..12]);
        foreach (var difference in report.Differences)
            Output.Data.Line($"{report.Key[..12]}: {difference}");
    }
}
