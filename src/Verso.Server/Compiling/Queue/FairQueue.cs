namespace Verso.Server.Compiling.Queue;

/// <summary>
/// Lets some work run at a time, and the others wait so that nobody's much work holds up another's little: each piece gets
/// a number one past the last of its project and its person (at least the number that is being served), and the lowest
/// goes first. Whoever comes with one piece is served before another's second.
/// </summary>
internal sealed class FairQueue(int slots, int length)
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiting = [];
    private readonly int _share = Math.Max(1, length / 4);
    private int _running;
    private long _serving;

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <param name="moved">Told the place in the queue, from 1, whenever it changes.</param>
    /// <returns>A turn, to be disposed at its end; null when too many wait already.</returns>
    public async Task<IDisposable?> EnterAsync(
        CompileTarget target,
        Action<int> moved,
        CancellationToken cancellationToken
    )
    {
        string[] keys = target.User is null ? [target.Project] : [target.Project, target.User];
        Waiter waiter;
        lock (_lock)
        {
            // What was served already has no higher number than what is being served.
            var ahead = _waiting.FindLast(other => other.Keys.Intersect(keys).Any());
            var number = Math.Max(_serving, ahead?.Number ?? 0) + 1;
            waiter = new Waiter(keys, number, moved);
            if (_running == slots)
            {
                if (
                    _waiting.Count >= length
                    || keys.Any(key => _waiting.Count(other => other.Keys.Contains(key)) >= _share)
                )
                    return null;
                _waiting.Insert(_waiting.FindLastIndex(other => other.Number <= number) + 1, waiter);
                Announce();
            }
            else
                Serve(waiter);
        }
        await using var registration = cancellationToken.Register(() => Leave(waiter, cancellationToken));
        await waiter.Turn.Task;
        return new Turn(this);
    }

    private void Serve(Waiter waiter)
    {
        _running++;
        _serving = Math.Max(_serving, waiter.Number);
        waiter.Turn.TrySetResult();
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(waiter))
                return; // it has its turn already
            waiter.Turn.TrySetCanceled(cancellationToken);
            Announce();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
            if (_waiting is [var next, ..])
            {
                _waiting.RemoveAt(0);
                Serve(next);
                Announce();
            }
        }
    }

    private void Announce()
    {
        for (var i = 0; i < _waiting.Count; i++)
            _waiting[i].MoveTo(i + 1);
    }

    private sealed class Waiter(string[] keys, long number, Action<int> moved)
    {
        private int _place;

        public string[] Keys => keys;

        public long Number => number;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void MoveTo(int place)
        {
            if (place != _place)
                moved(_place = place);
        }
    }

    private sealed class Turn(FairQueue queue) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isOver, true))
                queue.Leave();
        }
    }
}
