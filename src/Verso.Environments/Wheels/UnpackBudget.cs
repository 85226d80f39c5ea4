namespace Verso.Environments.Wheels;

/// <summary>What the wheels of one build may unpack to together: a few small bombs would fill the disk before anybody could add them up.</summary>
internal sealed class UnpackBudget(WheelLimits limits)
{
    private long _bytes;
    private long _files;

    /// <exception cref="WheelException">That is more than a build may have.</exception>
    public void SpendFile()
    {
        if (Interlocked.Increment(ref _files) > limits.BuildFiles)
            throw new WheelException(
                $"The packages consist of more than {limits.BuildFiles:N0} files; at most {limits.BuildFiles:N0} are allowed (Environments:MaxInstalledFiles)."
            );
    }

    /// <exception cref="WheelException">That is more than a build may have.</exception>
    public void Spend(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) > (long)limits.BuildMiB << 20)
            throw new WheelException(
                $"The packages take up more than {limits.BuildMiB:N0} MiB, and no more are allowed (Environments:MaxInstalledMiB)."
            );
    }
}
