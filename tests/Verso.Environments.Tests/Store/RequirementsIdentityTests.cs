using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>What the two keys depend on, and what they do not.</summary>
public sealed class RequirementsIdentityTests
{
    private static readonly Situation Usual = new();

    /// <summary>By what is different: the situation, whether the requirements key changes, and the environment key.</summary>
    private static readonly Dictionary<string, (Situation Situation, bool Requirements, bool Environment)> Changes =
        new()
        {
            ["nothing"] = (Usual with { }, false, false),
            ["a comment"] = (Usual with { Text = "alpha # why\nbeta>=1" }, false, false),
            ["order, case, white space"] = (Usual with { Text = "\n Beta >= 1\r\nALPHA" }, false, false),
            ["a line twice"] = (Usual with { Text = "alpha\nbeta>=1\nalpha" }, false, false),
            ["the order of the pins"] = (Usual with { Pins = [.. Usual.Pins.Reverse()] }, false, false),
            ["how a name is spelt"] = (
                Usual with
                {
                    Pins = [Usual.Pins[0] with { Name = "Al.pha" }, Usual.Pins[1]],
                },
                false,
                false
            ),
            ["whether a pin was asked for"] = (
                Usual with
                {
                    Pins = [Usual.Pins[0] with { Requested = false }, Usual.Pins[1]],
                },
                false,
                true
            ),
            ["what is known of a pin's file and of who needs it"] = (
                Usual with
                {
                    Pins = [Usual.Pins[0] with { Bytes = null, RequiredBy = ["beta"] }, Usual.Pins[1]],
                },
                false,
                false
            ),
            ["the base's folders"] = (
                Usual with
                {
                    Base = Usual.Base with { SearchPath = ["/elsewhere"] },
                },
                false,
                false
            ),
            ["who may fetch"] = (Usual with { Index = Usual.Index with { MaxFileBytes = 1 } }, false, false),
            ["the cooldown"] = (
                Usual with
                {
                    Index = Usual.Index with { MinimumAge = TimeSpan.FromDays(7) },
                },
                true,
                false
            ),
            ["a version"] = (Usual with { Text = "alpha\nbeta>=2" }, true, false),
            ["an extra"] = (Usual with { Text = "alpha[x]\nbeta>=1" }, true, false),
            ["a marker"] = (Usual with { Text = "alpha\nbeta>=1 ; os_name == 'posix'" }, true, false),
            ["a line less"] = (Usual with { Text = "alpha" }, true, false),
            ["the index"] = (Usual with { Index = new() { Upstream = "http://other.example/simple/" } }, true, false),
            ["a wheelhouse"] = (Usual with { Index = Usual.Index with { Wheelhouses = ["/wheels"] } }, true, false),
            ["a pin's version"] = (
                Usual with
                {
                    Pins = [Usual.Pins[0] with { Version = "1.1" }, Usual.Pins[1]],
                },
                false,
                true
            ),
            ["a pin's hash"] = (
                Usual with
                {
                    Pins = [Usual.Pins[0] with { Sha256 = "ff" }, Usual.Pins[1]],
                },
                false,
                true
            ),
            ["a pin less"] = (Usual with { Pins = [Usual.Pins[0]] }, false, true),
            ["the store's place"] = (
                Usual with
                {
                    Options = Usual.Options with { StoreDirectory = "/other" },
                },
                false,
                true
            ),
            ["the salt"] = (Usual with { Options = Usual.Options with { Salt = "again" } }, true, true),
            ["the scope"] = (Usual with { Scope = "ada" }, true, true),
            ["Python's version"] = (Usual with { Base = Usual.Base with { Version = "3.11.3" } }, true, true),
            ["Python's implementation"] = (
                Usual with
                {
                    Base = Usual.Base with { Implementation = "PyPy" },
                },
                true,
                true
            ),
            ["Python's path"] = (Usual with { Base = Usual.Base with { Path = "/opt/python3" } }, true, true),
            ["Python's real path"] = (
                Usual with
                {
                    Base = Usual.Base with { RealPath = "/opt/python3.11" },
                },
                true,
                true
            ),
            ["Python's binary interface"] = (
                Usual with
                {
                    Base = Usual.Base with { Abi = "cpython-311d" },
                },
                true,
                true
            ),
            ["the platform"] = (Usual with { Base = Usual.Base with { Platform = "linux-aarch64" } }, true, true),
            ["a package of the base"] = (Usual with { Base = Situation.BaseWith(("numpy", "1.25")) }, true, true),
            ["a package more in the base"] = (
                Usual with
                {
                    Base = Situation.BaseWith(("numpy", "1.24"), ("scipy", "1.10")),
                },
                true,
                true
            ),
        };

    public static TheoryData<string> Differences => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_difference_changes_the_keys_it_must_and_no_other(string difference)
    {
        var (situation, requirements, environment) = Changes[difference];

        (situation.RequirementsKey != Usual.RequirementsKey).ShouldBe(requirements, "requirements key");
        (situation.EnvironmentKey != Usual.EnvironmentKey).ShouldBe(environment, "environment key");
    }

    [Fact]
    public void Each_situation_has_keys_of_its_own()
    {
        Changes.Values.Where(it => it.Requirements).Select(it => it.Situation.RequirementsKey).ShouldBeUnique();
        Changes.Values.Where(it => it.Environment).Select(it => it.Situation.EnvironmentKey).ShouldBeUnique();
    }

    [Fact]
    public void Keys_are_sha256_and_the_same_in_every_process()
    {
        Usual.RequirementsKey.ShouldMatch("^[0-9a-f]{64}$");
        Usual.EnvironmentKey.ShouldMatch("^[0-9a-f]{64}$");
        CanonicalJson
            .Hash(new { b = 1, a = new[] { "ü", "x" } })
            .ShouldBe(CanonicalJson.Hash(new Dictionary<string, object> { ["a"] = new[] { "ü", "x" }, ["b"] = 1 }));
    }

    private sealed record Situation
    {
        public string Text { get; init; } = "alpha\nbeta>=1";

        public BaseInterpreter Base { get; init; } = BaseWith(("numpy", "1.24"));

        public PackageIndexOptions Index { get; init; } = new() { Upstream = "http://index.example/simple/" };

        public EnvironmentsOptions Options { get; init; } = new() { StoreDirectory = "/store" };

        public string Scope { get; init; } = "";

        public IReadOnlyList<Pin> Pins { get; init; } =
        [
            new("al-pha", "1.0", "al_pha-1.0-py3-none-any.whl", "aa", 1000, Requested: true, []),
            new("beta", "1.5", "beta-1.5-py3-none-any.whl", "bb", 1000, Requested: true, []),
        ];

        public string RequirementsKey => Identity.RequirementsKey;

        public string EnvironmentKey => Identity.EnvironmentKey(Pins);

        private RequirementsIdentity Identity =>
            new(RequirementsFile.Parse(Text).NormalizedLines, Base, Index, Options, Scope);

        public static BaseInterpreter BaseWith(params (string Name, string Version)[] packages) =>
            new(
                "/usr/bin/python3",
                "CPython",
                "/usr/bin/python3.11",
                "3.11.2",
                "cpython-311",
                "linux-x86_64",
                ["/usr/lib/python3"],
                packages.ToDictionary(package => package.Name, package => package.Version)
            );
    }
}
