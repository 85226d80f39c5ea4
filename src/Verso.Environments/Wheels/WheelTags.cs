using System.Numerics;
using Verso.Environments.Interpreters;

namespace Verso.Environments.Wheels;

/// <summary>Which wheels an interpreter can use, and which of several it uses: the order that pip has.</summary>
internal sealed class WheelTags(BaseInterpreter interpreter)
{
    private static readonly char[] Digits = [.. "0123456789"];

    private readonly Dictionary<string, int> _ranks = interpreter
        .Tags.Select((tag, rank) => (tag, rank))
        .DistinctBy(entry => entry.tag)
        .ToDictionary(entry => entry.tag, entry => entry.rank);

    public bool Fits(WheelFileName wheel) => wheel.Tags.Any(_ranks.ContainsKey);

    /// <summary>Of wheels of one version the one with the best tag and then the highest build tag.</summary>
    /// <returns>Null if none fits, or two are as good.</returns>
    public WheelFileName? Best(IEnumerable<WheelFileName> wheels) =>
        wheels
            .Where(Fits)
            .GroupBy(wheel =>
                (
                    Rank: wheel.Tags.Min(tag => _ranks.GetValueOrDefault(tag, int.MaxValue)),
                    Number: BuildNumber(wheel.Build),
                    Build: wheel.Build.TrimStart(Digits)
                )
            )
            .OrderBy(equals => equals.Key.Rank)
            .ThenByDescending(equals => equals.Key.Number)
            .ThenByDescending(equals => equals.Key.Build, StringComparer.Ordinal)
            .FirstOrDefault()
            is { } best
        && best.Count() == 1
            ? best.First()
            : null;

    // No build tag comes before build 0.
    private static BigInteger BuildNumber(string build) =>
        build.Length == 0
            ? BigInteger.MinusOne
            : BigInteger.Parse(build.AsSpan(0, build.Length - build.TrimStart(Digits).Length));
}
