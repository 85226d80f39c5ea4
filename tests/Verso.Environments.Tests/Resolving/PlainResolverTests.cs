using Verso.Environments.Resolving;

namespace Verso.Environments.Tests.Resolving;

/// <summary>Without pip comes out what comes out with pip, or that only pip can tell.</summary>
[NeedsSandbox]
public sealed class PlainResolverTests
{
    private static readonly string[] EveryKind =
    [
        .. (string[])["alpha==1.0", "beta==1.0", "gamma==1.0", "delta==1.0", "epsilon==1.0", "zeta==1.0", "eta==1.0"],
        .. (string[])["theta==1.0", "iota==1.0.post1", "kappa==1.0", "lambda-x-y==1.0", "mu==1.0", "nu==1.0"],
        .. (string[])["omicron==1.0", "pi==1.0", "rho==1.0", "sigma==1.0", "tau==1.0", "upsilon==1.0", "phi==1.0"],
        .. (string[])["chi==1.0", "psi==2.0", "omega==1.0"],
    ];

    public static TheoryData<string> Plain =>
        [
            "alpha==1.0",
            "alpha==2.0",
            "alpha==1",
            "alpha == 1.0.0",
            "alpha==1.0|beta==1.0",
            "alpha==2.0|beta==1.0",
            "alpha==1.0|beta==1.0|gamma==1.0",
            "alpha==1.0|alpha==1.0",
            "delta==1.0",
            "epsilon==1.0",
            "zeta==1.0",
            "eta==1.0",
            "theta==1.0",
            "theta==1.0.0",
            "iota==1.0.post1",
            "kappa==1.0",
            "lambda-x-y==1.0",
            "Lambda.X_y==1.0",
            "mu==1.0|nu==1.0",
            "omicron==1.0",
            "alpha==1.0|pi==1.0",
            "alpha==1.0|pi==1.0|rho==1.0",
            "sigma==1.0",
            "alpha==2.0|tau==1.0",
            "alpha==1.0|upsilon==1.0",
            "alpha==1.0|phi==1.0",
            "chi==1.0|lambda-x-y==1.0",
            "psi==2.0",
            "alpha==1.0|omega==1.0",
            "packaging=={base}",
            "packaging=={base}|alpha==1.0",
            "packaging=={base}|epsilon==1.0",
            "packaging==9999.0|epsilon==1.0",
            "numpy==9999.0",
            "numpy==9999.0|delta==1.0",
            string.Join('|', EveryKind),
            "alpha",
            "Alpha",
            "alpha>=1.0",
            "alpha<3,>=1.0",
            "alpha==1.*",
            "alpha~=1.0",
            "alpha>1.0",
            "alpha<2",
            "alpha!=2.*",
            "alpha>=1|alpha<2",
            "alpha==1.0 ; python_version >= '3'",
            "alpha==1.0 ; python_version >= '3'|beta ; sys_platform == 'win32'",
            "omicron[more]==1.0|alpha==1.0",
            "omicron[more]",
            "omicron[more]|omicron>=1",
            "alpha==1.0|beta",
            "beta==1.0",
            "beta",
            "gamma|alpha<2",
            "psi",
            "iota",
            "iota>=1.0",
            "packaging",
            "packaging>=9000",
            "numpy>1.0",
            "page-says-new-python<2",
            "all-of-itself[all]",
            "wants-extra==1.0",
            "wants-newer-base==1.0",
            "older-python",
            "mu",
        ];

    public static TheoryData<string> OnlyForPip =>
        [
            "alpha===1.0",
            "alpha>=1.0rc1",
            "alpha ; platform_release != ''",
            "alpha ; python_version < '3'",
            "alpha==1.0|alpha==2.0",
            "alpha|gamma", // the newest of the one is not the other's
            "gamma", // so do its needs
            "alpha|omicron[More]",
            "alpha|omicron[other]",
            "packaging[more]",
            "wants-nowhere",
            "alpha==2.0|beta==1.0|gamma==1.0", // a conflict
            "absent==1.0",
            "alpha==7.0",
            "yanked==1.0",
            "twins==1.0",
            "spelt-twice==1.0",
            "rc==1.0rc1",
            "local==1.0",
            "local==1.0+cpu",
            "epoch==1!1.0",
            "new-python==1.0",
            "page-says-new-python==1.0",
            "source-only==1.0",
            "elsewhere==1.0",
            "misnamed==1.0",
            "misnumbered==1.0",
            "wants-extra==1.0|omicron==1.0",
            "wants-address==1.0",
            "wants-by-marker==1.0",
            "wants-broken-base==1.0",
            "nonsense==1.0",
        ];

    [Fact]
    public async Task What_is_plain_resolves_as_pip_resolves_it()
    {
        await using var fixture = await StartAsync();
        foreach (var lines in Plain.Select(row => row.Data))
        {
            var plain = await fixture.ResolvePlainlyAsync(await LinesAsync(fixture, lines));

            plain.ShouldNotBeNull(lines);
            var pip = await fixture.ResolveWithPipAsync(await LinesAsync(fixture, lines));
            ResolvingFixture.Text(plain).ShouldBe(ResolvingFixture.Text(pip), lines);
        }
    }

    [Fact]
    public async Task Whatever_is_not_plain_is_left_to_pip()
    {
        await using var fixture = await StartAsync();

        foreach (var lines in OnlyForPip.Select(row => row.Data))
            (await fixture.ResolvePlainlyAsync(await LinesAsync(fixture, lines))).ShouldBeNull(lines);
    }

    private static async Task<string[]> LinesAsync(ResolvingFixture fixture, string lines) =>
        lines.Replace("{base}", (await fixture.InspectAsync()).Packages["packaging"]).Split('|');

    private static async Task<ResolvingFixture> StartAsync()
    {
        var fixture = await ResolvingFixture.StartAsync();
        TestWheel[] plain =
        [
            new("alpha", "1.0"),
            new("alpha", "2.0"),
            new("beta", "1.0") { Requires = ["alpha>=1"] },
            new("gamma", "1.0") { Requires = ["beta", "alpha<2"] },
            new("delta", "1.0") { Requires = ["numpy>=1.20"] },
            new("epsilon", "1.0") { Requires = ["packaging", "tomli>=1 ; python_version < '3'"] },
            new("zeta", "1.0"),
            new("zeta", "1.0") { Tag = "py311-none-any" },
            new("eta", "1.0"),
            new("eta", "1.0") { Tag = "cp311-cp311-win_amd64" },
            new("theta", "1.0.0"),
            new("iota", "1.0.post1"),
            new("kappa", "1.0") { RequiresPython = ">=3.8" },
            new("Lambda_X.y", "1.0"),
            new("older-python", "1.0") { RequiresPython = ">=3.8, !=3.9.*" },
            new("older-python", "2.0") { RequiresPython = ">=99" },
            new("all-of-itself", "1.0") { Extras = { ["all"] = ["all-of-itself[some]"], ["some"] = ["alpha<2"] } },
            new("mu", "1.0") { Requires = ["nu"] },
            new("nu", "1.0") { Requires = ["mu>=1"] },
            new("omicron", "1.0") { Extras = { ["more"] = ["alpha"] } },
            new("pi", "1.0") { Requires = ["alpha==1.0"] },
            new("rho", "1.0") { Requires = ["alpha<3,>=1"] },
            new("sigma", "1.0") { Requires = ["ipykernel"] },
            new("tau", "1.0") { Requires = ["alpha (>=1.0)"] },
            new("upsilon", "1.0") { Requires = ["alpha~=1.0", "alpha!=2.0"] },
            new("phi", "1.0") { Requires = ["alpha ; python_version >= '3'"] },
            new("chi", "1.0") { Requires = ["lambda.X_Y"] },
            new("psi", "2.0"),
            new("psi", "3.0rc1"),
            new("omega", "1.0") { Requires = ["packaging", "alpha"] },
            new("packaging", "9999.0"),
            new("numpy", "9999.0"),
        ];
        TestWheel[] odd =
        [
            new("twins", "1.0") { Tag = "py3-none-any" },
            new("twins", "1.0") { Tag = "py2.py3-none-any" },
            new("spelt-twice", "1.0"),
            new("spelt-twice", "1.0.0"),
            new("rc", "1.0rc1"),
            new("local", "1.0"),
            new("local", "1.0+cpu"),
            new("epoch", "1!1.0"),
            new("new-python", "1.0") { RequiresPython = ">=99" },
            new("elsewhere", "1.0") { Tag = "cp311-cp311-win_amd64" },
            new("wants-extra", "1.0") { Requires = ["omicron[more]"] },
            new("wants-address", "1.0") { Requires = ["alpha @ https://files.example/alpha-1.0-py3-none-any.whl"] },
            new("wants-by-marker", "1.0") { Requires = ["absent ; python_version >= '3'"] },
            new("wants-newer-base", "1.0") { Requires = ["packaging>=9000"] },
            // Debian's needs pycairo without bringing it; elsewhere it is not in the base at all.
            new("wants-broken-base", "1.0") { Requires = ["PyGObject"] },
            new("wants-nowhere", "1.0") { Requires = ["nowhere"] },
            new("nonsense", "1.0") { Requires = ["what is this?"] },
        ];
        foreach (var wheel in plain.Concat(odd))
            fixture.Add(wheel, withMetadata: true);
        fixture.Add(new TestWheel("yanked", "1.0"), yanked: "broken");
        fixture.Upstream.AddFile(
            "page-says-new-python",
            "page_says_new_python-1.0-py3-none-any.whl",
            new TestWheel("page-says-new-python", "1.0").ToBytes(),
            file => file["requires-python"] = ">=99"
        );
        fixture.Add(new TestWheel("page-says-new-python", "0.9"));
        fixture.Upstream.AddFile("source-only", "source-only-1.0.tar.gz", [1]);
        fixture.Upstream.AddFile(
            "misnamed",
            "misnamed-1.0-py3-none-any.whl",
            new TestWheel("otherwise", "1.0").ToBytes()
        );
        fixture.Upstream.AddFile(
            "misnumbered",
            "misnumbered-1.0-py3-none-any.whl",
            new TestWheel("misnumbered", "2.0").ToBytes()
        );
        return fixture;
    }
}
