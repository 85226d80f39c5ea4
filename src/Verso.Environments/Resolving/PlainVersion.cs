using System.Globalization;
using System.Text.RegularExpressions;

namespace Verso.Environments.Resolving;

/// <summary>A final release, such as 1.2 or 1.2.post1: of all versions those whose order is plain.</summary>
/// <param name="Post">Of a post-release its number, else -1.</param>
internal sealed partial record PlainVersion(IReadOnlyList<long> Release, long Post)
{
    /// <returns>Null for anything else: pre-releases, epochs, local versions, and what is no version at all.</returns>
    public static PlainVersion? TryParse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new PlainVersion(
                [.. match.Groups["release"].Value.Split('.').Select(Number)],
                match.Groups["post"].Success ? Number(match.Groups["post"].Value) : -1
            )
            : null;
    }

    /// <summary>Whether both are the same but for one being a post-release: 1.0 and 1.0.0.post1.</summary>
    public bool IsOfRelease(PlainVersion other) => CompareReleases(Release, other.Release) == 0;

    /// <summary>Which of two comes first: 1.0, 1.0.post1, 1.1.</summary>
    public static int Compare(PlainVersion first, PlainVersion second) =>
        CompareReleases(first.Release, second.Release) is not 0 and var order
            ? order
            : first.Post.CompareTo(second.Post);

    /// <summary>Whether the release begins with these numbers; 1 is 1.0.0 too.</summary>
    public bool StartsWith(IReadOnlyList<long> numbers)
    {
        // Readers of versions disagree on 1.post1 in ==1.0.*
        if (Post >= 0 && Release.Count < numbers.Count)
            throw new OnlyPipCanTellException();
        return numbers.Select((number, i) => number == At(Release, i)).All(same => same);
    }

    private static int CompareReleases(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
            if (At(first, i).CompareTo(At(second, i)) is not 0 and var order)
                return order;
        return 0;
    }

    private static long At(IReadOnlyList<long> numbers, int index) => index < numbers.Count ? numbers[index] : 0;

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<release>[0-9]{1,18}(?:\.[0-9]{1,18})*)(?:\.post(?<post>[0-9]{1,18}))?\z")]
    private static partial Regex Pattern();
}
