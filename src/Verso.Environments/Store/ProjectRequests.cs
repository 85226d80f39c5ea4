using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>What a request amounts to: whether it is refused, what it is named by, what is known of it.</summary>
internal sealed class ProjectRequests(
    InterpreterInspector inspector,
    Resolutions resolutions,
    StoreLayout layout,
    EnvironmentsOptions options,
    PackageIndexOptions index,
    TimeProvider time
)
{
    private const int MostOfName = 100;

    /// <returns>Why nothing is installed for this request; null when it may be.</returns>
    public EnvironmentOutcome.Base? Refusal(EnvironmentRequest request) =>
        !options.Enabled
            ? new(
                BaseReason.Disabled,
                "Packages of a project's own are switched off here (Environments:Enabled).",
                [],
                Log: ""
            )
        : TextRefusal(request) is { } message && (request.AllowInstall || options.ServeCachedToUngated)
            ? new(BaseReason.UntrustedText, message, [], Log: "")
        : !request.AllowInstall ? new(BaseReason.NotAllowed, "This render may not install packages.", [], Log: "")
        : null;

    /// <returns>Why the project's text runs beside no packages, whoever renders it; null when it may.</returns>
    public string? TextRefusal(EnvironmentRequest request)
    {
        var files = request.UntrustedFiles;
        if (files.Count == 0 || !(options.UntrustedTextUsesBase ?? index.MayHavePrivatePackages))
            return null;
        var first = $"'{StrangersText.Plain(files[0], MostOfName)}'";
        return $"{(files.Count == 1 ? first : $"{first} and {files.Count - 1} more of the project's files")} "
            + $"{(files.Count == 1 ? "was" : "were")} last changed by people who may not install packages, and would run beside them "
            + "(Environments:UntrustedTextUsesBase). Somebody who may install and edit can read and accept the changes, or change these files.";
    }

    /// <exception cref="IOException">The store cannot be used.</exception>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<RequirementsIdentity> IdentifyAsync(
        RequirementsFile file,
        EnvironmentRequest request,
        CancellationToken cancellationToken
    )
    {
        layout.Create();
        var interpreter = await inspector.InspectAsync(cancellationToken);
        if (options.Scope == EnvironmentScope.PerOwner && request.Owner.Length == 0)
            throw new ArgumentException(
                "Where each owner has environments of their own, a request names the owner.",
                nameof(request)
            );
        var scope = options.Scope == EnvironmentScope.PerOwner ? request.Owner : "";
        return new RequirementsIdentity(file.NormalizedLines, interpreter, index, options, scope);
    }

    /// <summary>The project's own resolution, or a fresh one of others with the same requirements.</summary>
    public Resolution? Known(RequirementsIdentity wanted, EnvironmentRequest request) =>
        request.Resolution is { IsSound: true } own && own.RequirementsKey == wanted.RequirementsKey
            ? own
            : resolutions.TryFind(wanted.RequirementsKey, newerThan: time.GetUtcNow() - options.ResolutionMaxAge);
}
