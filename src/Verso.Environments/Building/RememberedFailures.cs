using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Keeps why a build failed, so that the same is not tried again at every render.</summary>
internal sealed class RememberedFailures(StoreLayout layout, EnvironmentsOptions options, TimeProvider time)
{
    /// <returns>The failure with its age, or null when there is none or it is time to try again.</returns>
    public (BuildResult.Failed Failure, TimeSpan Age)? Find(string requirementsKey)
    {
        if (StoreJson.TryRead<Failure>(layout.FailureFile(requirementsKey)) is not { } known)
            return null;
        var age = time.GetUtcNow() - known.FailedAt;
        return age >= TimeSpan.Zero && age < (known.IsTransient ? options.RetryTransientAfter : options.RetryAfter)
            ? (new BuildResult.Failed(known.Message, known.IsTransient, known.Log), age)
            : null;
    }

    public void Remember(string requirementsKey, BuildResult.Failed failure)
    {
        try
        {
            StoreJson.Write(
                layout.FailureFile(requirementsKey),
                new Failure(time.GetUtcNow(), failure.Message, failure.IsTransient, failure.Log)
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, which may be why it failed: then it is tried again sooner.
        }
    }

    public void Forget(string requirementsKey) => File.Delete(layout.FailureFile(requirementsKey));

    private sealed record Failure(DateTimeOffset FailedAt, string Message, bool IsTransient, string Log);
}
