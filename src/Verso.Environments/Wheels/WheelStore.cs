using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Wheels;

/// <summary>
/// Wheels unpacked and compiled once for all environments. One is made in staging, whole, and renamed to its place under
/// its exclusive lock; a shared lock keeps it while somebody links from it.
/// </summary>
internal sealed class WheelStore(StoreLayout layout, Sandbox sandbox, WheelLimits? limits = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly WheelBuilder _builder = new(layout, new WheelCompiler(sandbox), limits ?? new WheelLimits());

    /// <summary>Makes the wheels that the store lacks and holds all of them.</summary>
    /// <remarks>
    /// Whoever waits for a wheel that another process makes holds nothing exclusively meanwhile: two that want the same
    /// wheels in different orders would wait for ever.
    /// </remarks>
    /// <exception cref="WheelException">One of them is not installed; the message says which and why.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<HeldWheels> AcquireAsync(
        IReadOnlyList<WheelSource> wanted,
        BaseInterpreter interpreter,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var held = new Dictionary<string, (StoredWheel Wheel, FileLock Lock)>();
        try
        {
            var missing = wanted.DistinctBy(wheel => wheel.Sha256).ToList();
            for (var waiting = false; ; await Task.Delay(Interval, cancellationToken))
            {
                missing.RemoveAll(wheel => TryHold(wheel.Sha256, interpreter, held));
                if (missing.Count == 0)
                    break;
                if (await TryMakeAsync(missing, interpreter, progress, cancellationToken))
                    missing.RemoveAll(wheel => TryHold(wheel.Sha256, interpreter, held));
                if (missing.Count == 0)
                    break;
                if (!waiting)
                    progress?.Report($"Waiting for another process that unpacks {missing[0].FileName} …");
                waiting = true;
            }
            return new HeldWheels(
                [.. wanted.Select(wheel => held[wheel.Sha256].Wheel)],
                held.Values.Select(entry => entry.Lock)
            );
        }
        catch
        {
            foreach (var (_, kept) in held.Values)
                kept.Dispose();
            throw;
        }
    }

    /// <returns>The wheels held, or null when the store lacks one of them.</returns>
    public async Task<HeldWheels?> TryAcquireAsync(
        IReadOnlyList<string> sha256s,
        BaseInterpreter interpreter,
        CancellationToken cancellationToken
    )
    {
        var held = new Dictionary<string, (StoredWheel Wheel, FileLock Lock)>();
        HeldWheels? wheels = null;
        try
        {
            foreach (var sha256 in sha256s.Distinct())
                while (!TryHold(sha256, interpreter, held))
                {
                    if (Find(sha256, interpreter) is null)
                        return null;
                    // Somebody has it alone for a moment, to see whether it may go.
                    await Task.Delay(Interval, cancellationToken);
                }
            return wheels = new HeldWheels(
                [.. sha256s.Select(sha256 => held[sha256].Wheel)],
                held.Values.Select(entry => entry.Lock)
            );
        }
        finally
        {
            if (wheels is null)
                foreach (var (_, kept) in held.Values)
                    kept.Dispose();
        }
    }

    /// <summary>Every wheel of the store, with what it takes up and when somebody last linked from it.</summary>
    public IReadOnlyList<(WheelKey Key, DiskSpace Space, DateTime LastUsed)> List() =>
        [
            .. from interpreter in new DirectoryInfo(layout.Wheels).GetDirectories()
            from wheel in interpreter.GetDirectories()
            select (
                new WheelKey(interpreter.Name, wheel.Name),
                StoredWheel.ReadSpace(wheel.FullName),
                File.GetLastWriteTimeUtc(StoredWheel.SpaceFileOf(wheel.FullName))
            ),
        ];

    /// <returns>False when the wheel is in use. Environments that have links to its files keep them.</returns>
    /// <param name="isLinked">Asked while nobody can link from it: whoever has done so has recorded it by then.</param>
    /// <param name="dryRun">Deletes nothing, and tells whether it could be.</param>
    public bool TryDelete(WheelKey key, Func<bool> isLinked, bool dryRun)
    {
        using var turn = FileLock.TryAcquireExclusive(layout.WheelLockFile(key.Sha256, key.CacheTag));
        if (turn is null || isLinked())
            return false;
        if (!dryRun)
            _builder.Delete(layout.WheelDirectory(key.Sha256, key.CacheTag));
        return true;
    }

    private bool TryHold(string sha256, BaseInterpreter interpreter, Dictionary<string, (StoredWheel, FileLock)> held)
    {
        var turn = FileLock.TryAcquireShared(layout.WheelLockFile(sha256, interpreter.CacheTag));
        if (turn is not null && Find(sha256, interpreter) is { } wheel)
        {
            held[sha256] = (wheel, turn);
            EnvironmentFiles.Touch(StoredWheel.SpaceFileOf(wheel.Directory));
            return true;
        }
        turn?.Dispose();
        return false;
    }

    private StoredWheel? Find(string sha256, BaseInterpreter interpreter) =>
        StoredWheel.TryRead(layout.WheelDirectory(sha256, interpreter.CacheTag));

    /// <returns>False when every one of them is another's turn.</returns>
    private async Task<bool> TryMakeAsync(
        IReadOnlyList<WheelSource> missing,
        BaseInterpreter interpreter,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var turns = new List<FileLock>();
        try
        {
            var mine = new List<WheelSource>();
            foreach (var wheel in missing)
                if (FileLock.TryAcquireExclusive(layout.WheelLockFile(wheel.Sha256, interpreter.CacheTag)) is { } turn)
                {
                    turns.Add(turn);
                    if (Find(wheel.Sha256, interpreter) is null)
                        mine.Add(wheel);
                }
            if (mine.Count > 0)
                await _builder.MakeAsync(mine, interpreter, progress, cancellationToken);
            return turns.Count > 0;
        }
        finally
        {
            turns.ForEach(turn => turn.Dispose());
        }
    }
}
