using System.CommandLine;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Cli.Commands;

/// <summary>Says whether everything that a render needs is here, and what would mend it.</summary>
internal static class DoctorCommand
{
    private static readonly string[] CuratedStack =
    [
        .. (string[])["ipykernel", "numpy", "pandas", "scipy", "matplotlib"],
        .. (string[])["seaborn", "scikit-learn", "sympy", "plotly", "tabulate"],
    ];

    public static Command Create()
    {
        var command = new Command("doctor", "Check that everything a render needs is here");
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                Check[] checks =
                [
                    await PythonAsync(settings, cancellationToken),
                    await PandocAsync(cancellationToken),
                    Store(settings),
                    .. Index(settings),
                ];
                if (arguments.GetValue(VersoCommand.Json))
                    Output.WriteJson(new { Ok = checks.All(check => check.Ok), Checks = checks });
                else
                    foreach (var check in checks)
                        Output.WriteLine($"{(check.Ok ? "ok     " : "MISSING")}  {check.Name, -12}  {check.Message}");
                return checks.All(check => check.Ok) ? ExitCodes.Success : ExitCodes.OwnFault;
            }
        );
        return command;
    }

    private static async Task<Check> PythonAsync(CliSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var store = new EnvironmentStore(settings.Environments, settings.PackageIndex, TimeProvider.System);
            var python = await store.InspectBaseAsync(cancellationToken);
            var missing = CuratedStack.Except(python.Packages.Keys, StringComparer.OrdinalIgnoreCase).ToList();
            var stack = missing.Count == 0 ? "with the curated stack" : $"without {string.Join(", ", missing)}";
            return new Check("python", !missing.Contains("ipykernel"), $"{python.Path} {python.Version}, {stack}");
        }
        catch (Exception e) when (e is InterpreterException or IOException)
        {
            return new Check("python", false, e.Message);
        }
    }

    private static async Task<Check> PandocAsync(CancellationToken cancellationToken)
    {
        if (ProgramPath.TryFind("pandoc") is not { } path)
            return new Check("pandoc", false, "pandoc was not found on PATH; install it (Debian: pandoc).");
        var result = await ProcessRunner.RunAsync(new ProcessSpec(path, "--version"), cancellationToken);
        return new Check("pandoc", result.Succeeded, $"{path} {result.Output.Split('\n')[0].Split(' ')[^1]}");
    }

    private static Check Store(CliSettings settings)
    {
        var directory = settings.Environments.StoreDirectory;
        try
        {
            new StoreLayout(settings.Environments).Create();
            return new Check("store", true, directory);
        }
        catch (IOException e)
        {
            return new Check("store", false, e.Message);
        }
    }

    private static IEnumerable<Check> Index(CliSettings settings)
    {
        var index = settings.PackageIndex;
        yield return new Check(
            "index",
            true,
            index.Upstream.Length > 0 ? index.Upstream : "none (PackageIndex:Upstream is empty)"
        );
        foreach (var wheelhouse in index.Wheelhouses)
            yield return Directory.Exists(wheelhouse)
                ? new Check("wheelhouse", true, wheelhouse)
                : new Check("wheelhouse", false, $"There is no folder {wheelhouse} (PackageIndex:Wheelhouses).");
    }

    private sealed record Check(string Name, bool Ok, string Message);
}
