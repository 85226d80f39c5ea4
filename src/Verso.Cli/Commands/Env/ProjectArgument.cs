using System.CommandLine;
using Verso.Cli.Settings;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Rendering.Documents;

namespace Verso.Cli.Commands.Env;

/// <summary>The project that a command is about, and how it is told what is wrong with it.</summary>
internal static class ProjectArgument
{
    public static Argument<string> Create() =>
        new("DIR") { Description = $"The project's folder, which holds {RequirementsFile.Name}" };

    /// <exception cref="UsageException">There is no such folder.</exception>
    public static EnvironmentRequest Request(string directory, CliSettings settings) =>
        Directory.Exists(directory) ? Request(settings, ProjectDirectory.Containing(Path.GetFullPath(directory)))
        : File.Exists(directory)
            ? throw new UsageException(
                $"'{directory}' is a file; name the folder of the project, which holds {RequirementsFile.Name}."
            )
        : throw new UsageException($"There is no folder '{directory}'.");

    /// <summary>Says why the project's requirements come to nothing.</summary>
    public static int Fail(string message, IReadOnlyList<RequirementFault> faults, bool json)
    {
        Output.Fail(
            message,
            [
                .. faults.Select(fault => new Fault(
                    fault.Message,
                    RequirementsFile.Name,
                    fault.Line == 0 ? null : fault.Line
                )),
            ],
            json
        );
        return ExitCodes.DocumentFailed;
    }

    // Whoever types a command wants it tried.
    private static EnvironmentRequest Request(CliSettings settings, string project) =>
        new(project, AllowInstall: true) { Resolution = settings.Resolutions.Find(project), Retry = true };
}
