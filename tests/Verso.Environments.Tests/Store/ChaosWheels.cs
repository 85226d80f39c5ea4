namespace Verso.Environments.Tests.Store;

/// <summary>Packages that need one another, and projects that have some of them in common.</summary>
internal static class ChaosWheels
{
    private const int Modules = 200;

    public static TestWheel[] Upstream =>
        [
            new("alpha", "1.0") { Files = Large("alpha") },
            new("beta", "1.0") { Requires = ["alpha"] },
            new("gamma", "1.0") { Requires = ["beta", "iota"] },
            new("delta", "1.0") { ConsoleScripts = { ["delta"] = "delta:main" } },
            new("zeta", "1.0"),
            new("eta", "1.0") { Requires = ["alpha", "zeta"] },
        ];

    public static TestWheel[] Local =>
        [
            new("epsilon", "1.0") { Requires = ["delta"], ConsoleScripts = { ["epsilon"] = "epsilon:main" } },
            new("theta", "1.0"),
            new("theta", "2.0"),
            new("iota", "1.0"),
        ];

    public static readonly string[] Projects =
    [
        "beta",
        "gamma\ndelta",
        "epsilon\nzeta==1.0",
        "eta\ntheta<2",
        "theta\niota\nbeta",
        "iota==1.0\nzeta==1.0",
    ];

    public static void WriteProjects(StoreFixture fixture)
    {
        foreach (var (number, lines) in Projects.Index())
        {
            fixture.Write($"projects/{number}/requirements.vrf", lines);
            var imports = lines.Split('\n').Select(line => $"import {line.Split('=', '<')[0]}");
            fixture.Write($"projects/{number}/report.qmd", $"```{{python}}\n{string.Join('\n', imports)}\n```\n");
        }
    }

    private static Dictionary<string, string> Large(string name)
    {
        var files = Enumerable
            .Range(0, Modules)
            .ToDictionary(number => $"{name}/m{number}.py", number => $"def f():\n    return {number}\n");
        files[$"{name}/__init__.py"] =
            $"import importlib\nfor i in range({Modules}):\n    assert importlib.import_module(f'{name}.m{{i}}').f() == i\n";
        return files;
    }
}
