namespace Verso.Environments.Tests.Resolving;

/// <summary>A handful of packages that need each other in ways drawn by lot, and requirements on them.</summary>
internal sealed class RandomIndex
{
    private static readonly string[] Versions = ["0.9", "1.0", "1.0.1", "1.1", "2.0", "2.0.post1", "2.1", "3.0rc1"];

    private static readonly string[] Specifiers =
    [
        .. (string[])["", "", "", "", ">=1.0", ">=1", "<2", "<3,>=0.5", "==1.*", "==1.0", "==2.0.*", "~=1.0", "!=2.1"],
        .. (string[])["!=1.*", ">1.0", ">2.0", "<=2.0", ">=0.1,!=3.*", ">=0.9,<9", "<9"],
    ];

    private static readonly string[] Markers =
    [
        .. (string[])["", "", "", "", "python_version >= '3.8'", "python_version < '3'", "sys_platform == 'linux'"],
        .. (string[])["os_name == 'nt' or python_version > '3.5' and '3.6' <= python_version", "'win' in sys_platform"],
        .. (string[])["platform_machine in 'x86_64 aarch64'", "implementation_name != 'pypy'"],
    ];

    private static readonly string?[] Pythons = [null, null, null, null, ">=3.8", ">=3.6,<4", "!=3.9.*", ">=99", "<3"];

    private readonly Random _random;
    private readonly string[] _names;

    public RandomIndex(int seed)
    {
        _random = new Random(seed);
        _names = [.. Enumerable.Range(0, _random.Next(2, 6)).Select(i => $"r{seed}-p{i}")];
        Wheels = [.. _names.SelectMany(Releases)];
        Lines =
        [
            .. _names
                .Take(_random.Next(1, 4))
                .Select(name => Need(name, isLine: true))
                .Concat(_random.Next(6) == 0 ? [Need(_names[0], isLine: true)] : []),
        ];
    }

    public IReadOnlyList<TestWheel> Wheels { get; }

    public IReadOnlyList<string> Lines { get; }

    public bool Holds(string name) => _names.Contains(name);

    private IEnumerable<TestWheel> Releases(string name) =>
        Versions
            .Where(_ => _random.Next(5) < 2)
            .DefaultIfEmpty("1.0")
            .ToList()
            .Select(version => new TestWheel(name, version)
            {
                RequiresPython = Any(Pythons),
                Requires = [.. Needs(_random.Next(0, 3))],
                Extras = { ["more"] = [.. Needs(1)] },
            });

    private List<string> Needs(int count) =>
        Enumerable
            .Range(0, count)
            .Select(_ => Need(_random.Next(8) == 0 ? Any(["numpy", "packaging"]) : Any(_names), isLine: false))
            .ToList();

    private string Need(string name, bool isLine)
    {
        var extras = _random.Next(6) == 0 && _names.Contains(name) ? "[more]" : "";
        var specifiers = _names.Contains(name) ? Any(Specifiers) : "";
        var marker = isLine && _random.Next(2) == 0 ? "" : Any(Markers);
        return name + extras + specifiers + (marker.Length > 0 ? $" ; {marker}" : "");
    }

    private T Any<T>(T[] all) => all[_random.Next(all.Length)];
}
