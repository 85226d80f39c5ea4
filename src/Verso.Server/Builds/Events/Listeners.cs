using Verso.Server.Accounts;
using Verso.Server.Web;

namespace Verso.Server.Builds.Events;

/// <summary>
/// Who listens to events, which takes a connection and questions of the database for as long as it lasts: a person, or
/// an address, so many times at once. Counted in this process alone.
/// </summary>
internal sealed class Listeners(BuildsOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <returns>What is disposed when the listening ends; null where there are as many as may be.</returns>
    public IDisposable? TryEnter(Caller caller)
    {
        var key = caller.AccountId ?? $"address {ClientNetwork.Of(caller.Address)}";
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(key);
            if (count >= options.MaxListeners)
                return null;
            _counts[key] = count + 1;
        }
        return new Place(this, key);
    }

    private void Leave(string key)
    {
        lock (_lock)
            if (--_counts[key] == 0)
                _counts.Remove(key);
    }

    private sealed class Place(Listeners listeners, string key) : IDisposable
    {
        public void Dispose() => listeners.Leave(key);
    }
}
