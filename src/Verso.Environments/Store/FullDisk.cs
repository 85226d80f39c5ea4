namespace Verso.Environments.Store;

/// <summary>The store's disk, or the share of it that is allowed, is used up: what pip and .NET call by other names.</summary>
internal static class FullDisk
{
    public const string Message = "The disk that holds the environments is full; free some space and render again.";

    private const int ENOSPC = 28;
    private const int EDQUOT = 122;

    /// <returns>A sentence for the author.</returns>
    public static string Explain(Exception failure) => Is(failure) ? Message : failure.Message;

    public static bool Is(Exception failure) =>
        failure is IOException { HResult: ENOSPC or EDQUOT }
        || failure.Message == Message
        || (failure.InnerException is { } inner && Is(inner));

    public static bool IsNamedIn(string output) =>
        output.Contains($"[Errno {ENOSPC}]") || output.Contains($"[Errno {EDQUOT}]");
}
