namespace Verso.Server.Storage;

/// <summary>
/// SQLite has one writer at a time, and lets the others ask again and again. Inside this process they wait in line
/// instead. PostgreSQL sees to that by itself.
/// </summary>
public sealed class WriteTurn(StorageOptions options)
{
    private readonly SemaphoreSlim? _turn = options.Database == DatabaseProvider.Sqlite ? new(1) : null;

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (_turn is not null)
            await _turn.WaitAsync(cancellationToken);
        return new Held(_turn);
    }

    private sealed class Held(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
