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

    /// <summary>Of wheels of one version the one with the best tag and then the highest build tag; null if none fits.</summary>
    public WheelFileName? Best(IEnumerable<WheelFileName> wheels) =>
        wheels
            .Where(Fits)
            .OrderBy(wheel => wheel.Tags.Min(tag => _ranks.GetValueOrDefault(tag, int.MaxValue)))
            .ThenByDescending(wheel => BuildNumber(wheel.Build))
            .ThenByDescending(wheel => wheel.Build.TrimStart(Digits), StringComparer.Ordinal)
            .FirstOrDefault();

    // No build tag comes before build 0.
    private static BigInteger BuildNumber(string build) =>
        build.Length == 0
            ? BigInteger.MinusOne
            : BigInteger.Parse(build.AsSpan(0, build.Length - build.TrimStart(Digits).Length));
}
