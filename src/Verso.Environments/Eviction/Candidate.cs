namespace Verso.Environments.Eviction;

/// <param name="remove">Tells whether it could be removed; with a dry run, whether it could be now.</param>
internal sealed class Candidate(Evicted item, Func<bool, bool> remove)
{
    public Evicted Item => item;

    public bool IsRemoved { get; private set; }

    public bool TryRemove(bool dryRun) => IsRemoved = remove(dryRun);
}
