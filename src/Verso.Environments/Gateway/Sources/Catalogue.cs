namespace Verso.Environments.Gateway.Sources;

/// <summary>
/// What every source together offers of a project. A name that a wheelhouse holds is the wheelhouse's, whatever version
/// there may be elsewhere: else whoever registers the same name upstream would be installed in its place.
/// </summary>
internal sealed class Catalogue(NamePolicy names, FilePolicy files, Wheelhouses wheelhouses, Upstream upstream)
{
    /// <summary>What wheelhouses hold; nobody lists all of an upstream.</summary>
    public IEnumerable<string> LocalProjects() =>
        wheelhouses.Projects().Where(project => names.Refusal(project) is null);

    /// <returns>Null when no source that may be asked knows the project.</returns>
    /// <exception cref="GatewayException">It is refused, or a source that has to be asked cannot be.</exception>
    public async Task<IReadOnlyList<IndexFile>?> FindAsync(
        string project,
        BuildTicket ticket,
        Action<string> remark,
        CancellationToken cancellationToken
    )
    {
        if (names.Refusal(project) is { } refusal)
            throw new GatewayException(refusal, statusCode: 403);
        var found = await wheelhouses.FindAsync(project, cancellationToken);
        if (found is null && names.IsPrivate(project))
            remark(
                $"{project} is in no wheelhouse, and is not asked of the package index (PackageIndex:PrivateNames)."
            );
        else
            found ??= await upstream.FindAsync(project, cancellationToken);
        return found is null ? null : files.Choose(project, found, ticket, remark);
    }
}
