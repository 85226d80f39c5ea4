using Verso.Server.Accounts;

namespace Verso.Server.Web;

/// <summary>
/// How often one person, or one address where there is no account, may be at something at once that takes memory, disk
/// or a connection for as long as it lasts. Counted in this process alone.
/// </summary>
internal abstract class Places(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = [];

    /// <returns>What is disposed at the end of it; null where there are as many as may be.</returns>
    public IDisposable? TryEnter(Caller caller)
    {
        var key = caller.AccountId ?? $"address {ClientNetwork.Of(caller.Address)}";
        lock (_lock)
        {
            var count = _taken.GetValueOrDefault(key);
            if (count >= most)
                return null;
            _taken[key] = count + 1;
        }
        return new Place(this, key);
    }

    private void Leave(string key)
    {
        lock (_lock)
            if (--_taken[key] == 0)
                _taken.Remove(key);
    }

    private sealed class Place(Places places, string key) : IDisposable
    {
        public void Dispose() => places.Leave(key);
    }
}
