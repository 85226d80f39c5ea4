namespace Verso.Rendering.Logs;

/// <summary>What ran out, told from the words of the program that missed it.</summary>
internal static class Exhaustion
{
    private static readonly (string Sign, string Sentence)[] Signs =
    [
        .. Each(
            "The disk is full, or the share of it that this may use; remove some files, or ask the operator for room.",
            "[Errno 28]",
            "[Errno 122]",
            "No space left on device",
            "Disk quota exceeded",
            "os error 28"
        ),
        .. Each(
            "It wanted more memory than it may have; work on less data at a time.",
            "MemoryError",
            "[Errno 12]",
            "Cannot allocate memory",
            "cannot allocate memory",
            "std::bad_alloc",
            "heap out of memory",
            "out of memory",
            "heap exhausted"
        ),
        .. Each("It may not have as many processes and threads as it wants.", "can't start new thread", "[Errno 11]"),
    ];

    /// <returns>A sentence for the author, or null when nothing ran out.</returns>
    public static string? Explain(string text) =>
        Signs.FirstOrDefault(sign => text.Contains(sign.Sign, StringComparison.Ordinal)).Sentence;

    private static IEnumerable<(string, string)> Each(string sentence, params IEnumerable<string> signs) =>
        signs.Select(sign => (sign, sentence));
}
