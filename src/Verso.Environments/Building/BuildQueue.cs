namespace Verso.Environments.Building;

/// <summary>Lets a few builds run at one time and the others wait their turn, first come, first served.</summary>
internal sealed class BuildQueue(int places)
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiting = [];
    private int _free = places;

    /// <summary>Waits for a place, and tells the log how many are ahead whenever that changes.</summary>
    /// <returns>The place, kept until it is disposed.</returns>
    public async Task<Place> EnterAsync(IProgress<string> log, CancellationToken cancellationToken)
    {
        await WaitForPlaceAsync(log, cancellationToken);
        return new Place(this);
    }

    private async Task WaitForPlaceAsync(IProgress<string> log, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            waiter = new Waiter(log);
            _waiting.Add(waiter);
            Tell(waiter, _waiting.Count);
        }
        await using var leaving = cancellationToken.Register(() => Leave(waiter, cancellationToken));
        await waiter.Turn.Task;
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
            if (_waiting.Remove(waiter))
            {
                waiter.Turn.SetCanceled(cancellationToken);
                TellAll();
            }
    }

    private void GiveBack()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _free++;
                return;
            }
            var next = _waiting[0];
            _waiting.RemoveAt(0);
            next.Turn.SetResult();
            TellAll();
        }
    }

    private void TellAll()
    {
        for (var i = 0; i < _waiting.Count; i++)
            Tell(_waiting[i], i + 1);
    }

    private static void Tell(Waiter waiter, int place) =>
        waiter.Log.Report($"Waiting for other builds: number {place} in the queue …");

    private sealed record Waiter(IProgress<string> Log)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A place that is given back for good when it is disposed.</summary>
    public sealed class Place(BuildQueue queue) : IDisposable
    {
        private bool _isGivenBack;

        /// <summary>Lets others have it for as long as there is nothing to do but to wait.</summary>
        public void Leave()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
                queue.GiveBack();
        }

        /// <summary>Waits for a place again, if it was left.</summary>
        public async Task ReturnAsync(IProgress<string> log, CancellationToken cancellationToken)
        {
            if (!_isGivenBack)
                return;
            await queue.WaitForPlaceAsync(log, cancellationToken);
            _isGivenBack = false;
        }

        public void Dispose() => Leave();
    }
}
