using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

/// <summary>What the commands about a project's resolution begin with.</summary>
internal sealed record ResolvedProject(
    EnvironmentStore Store,
    EnvironmentRequest Request,
    ResolutionOutcome.Resolved Outcome
)
{
    public IReadOnlyList<Pin> Pins => Outcome.Resolution.Pins;

    /// <summary>Resolves the project's requirements, keeps the resolution, and goes on with it.</summary>
    /// <param name="refresh">Anew in any case.</param>
    public static void Handle(
        Command command,
        Argument<string> directory,
        bool refresh,
        Func<ParseResult, ResolvedProject, CancellationToken, Task> show
    ) =>
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory), settings);
                await using var store = settings.OpenStoreForBuilding();
                var outcome = await Output.WithProgressAsync(
                    "Resolving",
                    progress => store.ResolveAsync(request, refresh, progress, cancellationToken)
                );
                if (outcome is ResolutionOutcome.Failed failed)
                    return ProjectArgument.Fail(failed.Message, failed.Faults, arguments.WantsJson());
                var resolved = (ResolutionOutcome.Resolved)outcome;
                settings.Resolutions.Keep(request.ProjectDirectory, resolved.Resolution);
                await show(arguments, new ResolvedProject(store, request, resolved), cancellationToken);
                return ExitCodes.Success;
            }
        );
}
