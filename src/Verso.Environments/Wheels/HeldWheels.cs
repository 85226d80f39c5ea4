using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Wheels;

/// <summary>Stored wheels, in the order in which they were wanted, that nobody deletes before this is disposed.</summary>
internal sealed class HeldWheels(IReadOnlyList<StoredWheel> wheels, IEnumerable<FileLock> locks) : IDisposable
{
    private readonly IReadOnlyList<FileLock> _locks = [.. locks];

    public IReadOnlyList<StoredWheel> Wheels => wheels;

    public void Dispose()
    {
        foreach (var held in _locks)
            held.Dispose();
    }
}
