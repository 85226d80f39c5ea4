using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Verso.Server.Storage;

namespace Verso.Server.Projects;

/// <summary>
/// A transaction that holds a project's row: who is in the project, what of it is public and what is kept of it change
/// one after the other. What was read before it is forgotten, and has to be asked again.
/// </summary>
internal sealed class ProjectLock(WorkspaceContext context, WriteTurn turn)
{
    public async Task<Held> EnterAsync(string projectId, CancellationToken cancellationToken)
    {
        var mine = await turn.EnterAsync(cancellationToken);
        IDbContextTransaction? transaction = null;
        try
        {
            transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var found = await context
                .Projects.Where(p => p.Id == projectId)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version), cancellationToken);
            context.ChangeTracker.Clear();
            return new Held(transaction, mine, found > 0);
        }
        catch
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            mine.Dispose();
            throw;
        }
    }

    /// <param name="isThere">The project has not been removed for good.</param>
    internal sealed class Held(IDbContextTransaction transaction, IDisposable turn, bool isThere) : IAsyncDisposable
    {
        public bool IsThere => isThere;

        public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            turn.Dispose();
        }
    }
}
