using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Doctor;

/// <summary>Says whether everything that a render needs is here, and what would mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check that everything a render needs is here");
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                Check[] checks =
                [
                    await ProgramChecks.PythonAsync(settings, cancellationToken),
                    await ProgramChecks.PandocAsync(cancellationToken),
                    await ProgramChecks.QuartoAsync(
                        settings.Rendering,
                        new Sandbox(settings.Sandbox),
                        cancellationToken
                    ),
                    ProgramChecks.Present("setsid", "util-linux"),
                    ProgramChecks.Present("setpriv", "util-linux"),
                    await ProgramChecks.SandboxAsync(),
                    PlaceChecks.Store(settings.Environments),
                    await PlaceChecks.IndexAsync(settings.PackageIndex, cancellationToken),
                    .. settings.PackageIndex.Wheelhouses.Select(PlaceChecks.Wheelhouse),
                ];
                var report = new DoctorReport(checks.All(check => check.Ok), checks);
                if (arguments.WantsJson())
                    Output.Json(report);
                else
                    foreach (var check in checks)
                        Output.Data.Line(
                            check.Ok ? new Piece("ok       ", Tone.Good) : new Piece("MISSING  ", Tone.Bad),
                            $"{check.Name, -10}  {check.Message}"
                        );
                return report.Ok ? ExitCodes.Success : ExitCodes.OwnFault;
            }
        );
        return command;
    }
}
