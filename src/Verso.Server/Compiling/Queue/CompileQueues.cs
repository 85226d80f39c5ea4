namespace Verso.Server.Compiling.Queue;

/// <summary>People who are not signed in have a queue of their own, so that they wait for each other alone.</summary>
internal sealed class CompileQueues(CompileServiceOptions options)
{
    private readonly FairQueue _known = new(options.Concurrent, options.QueueLength);
    private readonly FairQueue _anonymous = new(options.Anonymous.Concurrent, options.Anonymous.QueueLength);

    public FairQueue Of(CompileTarget target) => target.IsAnonymous ? _anonymous : _known;
}
