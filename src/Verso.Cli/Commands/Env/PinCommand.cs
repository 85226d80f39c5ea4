using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

namespace Verso.Cli.Commands.Env;

internal static class PinCommand
{
    public static Command Create()
    {
        var directory = ProjectArgument.Create();
        var write = new Option<bool>("--write")
        {
            Description = $"Replace {RequirementsFile.Name} instead of printing",
        };
        var command = new Command("pin", "Print a project's requirements with the exact versions they resolve to")
        {
            directory,
            write,
        };
        ResolvedProject.Handle(
            command,
            directory,
            refresh: false,
            async (arguments, project, cancellationToken) =>
            {
                var folder = project.Request.ProjectDirectory;
                var pinned = PinnedRequirements.Write(
                    RequirementsFile.Load(folder),
                    project.Pins,
                    (await project.Store.InspectBaseAsync(cancellationToken)).Packages
                );
                if (arguments.GetValue(write))
                {
                    RequirementsFile.Replace(folder, pinned);
                    var count = RequirementsFile.Parse(pinned).Requirements.Count;
                    Output.Talk.Line(
                        $"Wrote {RequirementsFile.Name}: {Words.Count(count, "package")}, each with its exact version."
                    );
                }
                if (arguments.WantsJson())
                    Output.Json(new PinReport(pinned));
                else if (!arguments.GetValue(write))
                    Output.Data.Line(pinned.TrimEnd('\n'));
            }
        );
        return command;
    }
}
