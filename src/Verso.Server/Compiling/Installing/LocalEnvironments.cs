using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Settings;

namespace Verso.Server.Compiling.Installing;

/// <summary>Environments of this process's store, for workspaces that would know of them, or have them built, before they compile.</summary>
internal sealed class LocalEnvironments(EnvironmentStore store, ServerSettings settings)
{
    public async Task<EnvironmentAnswer> AnswerAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    )
    {
        using var folder = new RequirementsFolder(wish.Requirements);
        var request = new EnvironmentRequest(folder.Path, wish.AllowPythonInstall)
        {
            Owner = wish.Owner ?? $"project {target.Project}",
            Resolution = wish.Resolution,
            UntrustedFiles = wish.UntrustedFiles ?? [],
            Retry = wish.Work == EnvironmentWork.Retry,
        };
        try
        {
            return wish.Work switch
            {
                EnvironmentWork.Look => await LookAsync(request, wish, cancellationToken),
                EnvironmentWork.Refresh => await RefreshAsync(request, cancellationToken),
                _ => await BuildAsync(request, cancellationToken),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InterpreterException)
        {
            return new EnvironmentAnswer { Fault = e.Message };
        }
    }

    private async Task<EnvironmentAnswer> LookAsync(
        EnvironmentRequest request,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Parse(wish.Requirements);
        if (!settings.Environments.Enabled || file.Faults.Count > 0 || file.Requirements.Count == 0)
            return new EnvironmentAnswer { IsEnabled = settings.Environments.Enabled };
        return new EnvironmentAnswer
        {
            Sight = await store.LookAsync(request, cancellationToken),
            // One of what the lines were before says nothing of these.
            Pinned =
                wish.Resolution is { } resolution && resolution.Requirements.SequenceEqual(file.NormalizedLines)
                    ? PinnedRequirements.Write(
                        file,
                        resolution.Pins,
                        (await store.InspectBaseAsync(cancellationToken)).Packages
                    )
                    : null,
        };
    }

    private async Task<EnvironmentAnswer> RefreshAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var outcome = await store.ResolveAsync(request, refresh: true, null, cancellationToken);
        return new EnvironmentAnswer
        {
            Resolution = (outcome as ResolutionOutcome.Resolved)?.Resolution,
            Fault = (outcome as ResolutionOutcome.Failed)?.Message,
        };
    }

    private async Task<EnvironmentAnswer> BuildAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        using var outcome = await store.AcquireAsync(request, null, cancellationToken);
        return outcome is EnvironmentOutcome.Leased leased
            ? new EnvironmentAnswer { Resolution = leased.Resolution, Built = leased.Built }
            : new EnvironmentAnswer();
    }
}
