using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>Whatever the requirements and the pins: keys are equal exactly when they mean the same.</summary>
public sealed class KeyPropertyTests
{
    private const int Cases = 2000;

    private static readonly string[] Names = ["alpha", "be-ta", "gam-ma-2", "delta"];
    private static readonly string[] Versions = ["", "==1.0", ">=1,<2", "~=1.4", "!=1.5"];
    private static readonly string[] Extras = ["", "[x]", "[x,y]"];
    private static readonly string[] Markers = ["", " ; os_name == \"posix\""];

    private readonly Random _random = new(1);

    [Fact]
    public void Requirements_share_a_key_exactly_when_they_say_the_same()
    {
        var seen = new Dictionary<string, string>();
        for (var i = 0; i < Cases; i++)
        {
            var lines = Several(() => new Line(Pick(Names), Pick(Extras), Pick(Versions), Pick(Markers)));
            var meaning = string.Join('\n', lines.Select(line => line.ToString()).Distinct().Order());
            var spelt = string.Join(Pick(["\n", "\r\n", "\n\n"]), Shuffled(lines).Select(Spell));

            var key = Identity(spelt).RequirementsKey;

            Identity(meaning).RequirementsKey.ShouldBe(key, spelt);
            seen.TryAdd(key, meaning);
            seen[key].ShouldBe(meaning, "no other requirements have this key");
        }
        seen.Values.ShouldBeUnique();
        seen.Count.ShouldBeInRange(Cases / 2, Cases - 1, "many different ones, and some twice");
    }

    [Fact]
    public void Pins_share_a_key_exactly_when_they_install_the_same()
    {
        var identity = Identity("alpha");
        var seen = new Dictionary<string, string>();
        for (var i = 0; i < Cases; i++)
        {
            var pins = Several(() => (Name: Pick(Names), Version: Pick(["1.0", "1.1", "2"]), Hash: Pick(["aa", "bb"])))
                .DistinctBy(pin => pin.Name)
                .ToList();
            var meaning = string.Join('\n', pins.Order());

            var key = identity.EnvironmentKey([.. Shuffled(pins).Select(pin => Pin(pin.Name, pin.Version, pin.Hash))]);

            identity
                .EnvironmentKey([.. Shuffled(pins).Select(pin => Pin(pin.Name, pin.Version, pin.Hash))])
                .ShouldBe(key, meaning);
            seen.TryAdd(key, meaning);
            seen[key].ShouldBe(meaning, "no other pins have this key");
        }
        seen.Values.ShouldBeUnique();
        seen.Count.ShouldBeInRange(Cases / 10, Cases - 1, "many different ones, and some twice");
    }

    private List<T> Several<T>(Func<T> one) => [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => one())];

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    // One of the many ways to write the same line.
    private string Spell(Line line)
    {
        var extras = line.Extras.Length == 0 ? "" : $"[{string.Join(" , ", Shuffled(line.Extras[1..^1].Split(',')))}]";
        var version = string.Join(Pick([",", " , "]), Shuffled(line.Version.Split(',')));
        var spelt = $"{SpellName(line.Name)}{extras}{Blank()}{version}{Blank()}{line.Marker}";
        return $"{Blank()}{spelt}{Pick(["", " # why", "\t"])}";
    }

    private string SpellName(string name) =>
        string.Concat(
            name.Select(letter =>
                letter == '-' ? Pick(["-", "_", ".", "-_."])
                : _random.Next(2) == 0 ? char.ToUpperInvariant(letter).ToString()
                : letter.ToString()
            )
        );

    private string Blank() => Pick(["", " ", "  "]);

    // What does not decide on an environment's files is anything.
    private Pin Pin(string name, string version, string sha256) =>
        new(
            SpellName(name),
            version,
            Pick(["a.whl", "b.whl"]),
            sha256,
            Pick<long?>([null, 1, 2]),
            Requested: true,
            Pick<IReadOnlyList<string>>([
                [],
                ["other"],
            ])
        );

    private static RequirementsIdentity Identity(string text)
    {
        var file = RequirementsFile.Parse(text);
        file.Faults.ShouldBeEmpty(text);
        var interpreter = new BaseInterpreter(
            "/usr/bin/python3",
            "CPython",
            "/usr/bin/python3.11",
            "3.11.2",
            "cpython-311",
            "linux-x86_64",
            [],
            new Dictionary<string, string>()
        );
        return new RequirementsIdentity(file.NormalizedLines, interpreter, new PackageIndexOptions(), new(), "");
    }

    private sealed record Line(string Name, string Extras, string Version, string Marker)
    {
        public override string ToString() => $"{Name}{Extras}{Version}{Marker}";
    }
}
