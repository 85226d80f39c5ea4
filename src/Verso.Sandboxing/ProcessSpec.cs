namespace Verso.Sandboxing;

/// <summary>A program to run: never a command string, and never our own environment.</summary>
/// <param name="FileName">An absolute path, or a name that is looked up on this process's PATH.</param>
public sealed record ProcessSpec(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>The child's whole environment; nothing is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Written to the child's standard input, which is then closed.</summary>
    public string Input { get; init; } = "";

    /// <summary>Receives each line of standard output as it comes; <see cref="ProcessResult.Output"/> then stays empty.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Receives each line of standard error as it comes; <see cref="ProcessResult.Error"/> then stays empty.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>Told the child's process id once it runs.</summary>
    public Action<int>? OnStarted { get; init; }

    /// <summary>Wall-clock limit; the tree is stopped when it passes.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>How long the tree has between SIGTERM and SIGKILL.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of either pipe past which the tree is stopped.</summary>
    public long OutputLimit { get; init; } = 64L << 20;
}
