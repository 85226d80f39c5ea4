using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Storage;

namespace Verso.Server.Projects.Versions;

/// <summary>
/// Makes the history of projects thinner as it grows old: of each day (UTC) that is longer ago than
/// <see cref="ProjectsOptions.EveryVersionFor"/> the last version stays, and each that a kept build was made of.
/// A version and the rows that it alone needed go in one transaction: while a version is there, all its files are.
/// </summary>
internal sealed class HistoryThinning(
    IServiceScopeFactory scopes,
    WriteTurn turn,
    ProjectsOptions options,
    TimeProvider time
)
{
    private DateTimeOffset _thinnedUpTo;

    /// <summary>Once for each day; only then another one has grown old enough.</summary>
    /// <returns>How many versions went.</returns>
    public async Task<int> ThinAsync(CancellationToken cancellationToken)
    {
        var before = new DateTimeOffset((time.GetUtcNow() - options.EveryVersionFor).UtcDateTime.Date, TimeSpan.Zero);
        if (before <= _thinnedUpTo)
            return 0;
        var thinned = 0;
        foreach (var project in await ProjectsAsync(before, cancellationToken))
            thinned += await ThinAsync(project, before, cancellationToken);
        _thinnedUpTo = before;
        return thinned;
    }

    private async Task<List<string>> ProjectsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<WorkspaceContext>()
            .ProjectVersions.Where(version => version.At < before)
            .GroupBy(version => version.ProjectId)
            .Where(versions => versions.Count() > 1)
            .Select(versions => versions.Key)
            .ToListAsync(cancellationToken);
    }

    private async Task<int> ThinAsync(string project, DateTimeOffset before, CancellationToken cancellationToken)
    {
        using var mine = await turn.EnterAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var built = await context
            .Builds.Where(build => build.ProjectId == project)
            .Select(build => build.Version)
            .ToListAsync(cancellationToken);
        var old = await context
            .ProjectVersions.AsNoTracking()
            .Where(version => version.ProjectId == project && version.At < before)
            .Select(version => new { version.Number, version.At })
            .ToListAsync(cancellationToken);
        var last = old.GroupBy(version => version.At.UtcDateTime.Date)
            .Select(day => day.Max(version => version.Number));
        List<int> going = [.. old.Select(version => version.Number).Except(last).Except(built)];
        if (going.Count == 0)
            return 0;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var some in going.Chunk(500))
            await context
                .ProjectVersions.Where(version => version.ProjectId == project && some.Contains(version.Number))
                .ExecuteDeleteAsync(cancellationToken);
        await context
            .ProjectFiles.Where(file =>
                file.ProjectId == project
                && file.Until != null
                && !context.ProjectVersions.Any(version =>
                    version.ProjectId == project && version.Number >= file.Since && version.Number < file.Until
                )
            )
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return going.Count;
    }
}
