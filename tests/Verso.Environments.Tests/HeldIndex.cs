namespace Verso.Environments.Tests;

/// <summary>Keeps an index from answering until it is released, and tells when it was first asked.</summary>
internal sealed class HeldIndex
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="pathPart">Holds only requests whose path has it.</param>
    public HeldIndex(TestIndex index, string pathPart = "/") =>
        index.Intercept = async context =>
        {
            if (context.Request.Path.Value!.Contains(pathPart))
            {
                _asked.TrySetResult();
                await _released.Task.WaitAsync(context.RequestAborted);
            }
            return false;
        };

    /// <summary>A build has come as far as to wait for the index.</summary>
    public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    public void Release() => _released.TrySetResult();
}
