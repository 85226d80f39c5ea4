using Verso.Cli.Settings;
using Verso.Environments.Interpreters;
using Verso.Rendering;
using Verso.Rendering.Engines;
using Verso.Rendering.Engines.Builtin;
using Verso.Rendering.Engines.Quarto;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Doctor;

/// <summary>Whether the programs that a render runs are installed.</summary>
internal static class ProgramChecks
{
    private static readonly string[] CuratedStack =
    [
        .. (string[])["ipykernel", "numpy", "pandas", "scipy", "matplotlib"],
        .. (string[])["seaborn", "scikit-learn", "sympy", "plotly", "tabulate"],
    ];

    public static async Task<Check> PythonAsync(CliSettings settings, CancellationToken cancellationToken)
    {
        const string Name = "python";
        try
        {
            var python = await settings.OpenStore().InspectBaseAsync(cancellationToken);
            var missing = CuratedStack.Except(python.Packages.Keys, StringComparer.OrdinalIgnoreCase).ToList();
            var found = $"{python.Path} {python.Version}";
            return missing.Contains("ipykernel")
                    ? new Check(
                        Name,
                        false,
                        $"{found} cannot run cells; install ipykernel (Debian: python3-ipykernel)."
                    )
                : missing.Count > 0 ? new Check(Name, true, $"{found}, without {string.Join(", ", missing)}")
                : new Check(Name, true, $"{found}, with the curated stack");
        }
        catch (Exception e)
            when (e is InterpreterException or ProgramNotFoundException or IOException or UnauthorizedAccessException)
        {
            return new Check(Name, false, e.Message);
        }
    }

    public static async Task<Check> PandocAsync(CancellationToken cancellationToken)
    {
        var check = Present("pandoc", "pandoc");
        if (!check.Ok)
            return check;
        try
        {
            var spec = new ProcessSpec(check.Message, "--version") { Timeout = TimeSpan.FromSeconds(30) };
            var result = await ProcessRunner.RunAsync(spec, cancellationToken);
            return check with
            {
                Ok = result.Succeeded,
                Message = result.Succeeded
                    ? $"{check.Message} {result.Output.Split('\n')[0].Split(' ')[^1]}"
                    : $"{check.Message} does not work: {result.Error.Trim()}",
            };
        }
        catch (ProgramNotFoundException e)
        {
            return check with { Ok = false, Message = e.Message };
        }
    }

    public static async Task<Check> QuartoAsync(
        RenderingOptions options,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        const string Name = "quarto";
        var builtin = $"the builtin engine makes {string.Join(", ", BuiltinEngine.Formats)}";
        if (options.Engine == EngineChoice.Builtin)
            return new Check(Name, true, $"not used (Rendering:Engine is Builtin); {builtin}");
        if (QuartoProgram.TryFind(options.QuartoPath) is not { } program)
            return options.Engine == EngineChoice.Auto
                ? new Check(Name, true, $"not installed; {builtin}")
                : new Check(
                    Name,
                    false,
                    $"The program '{options.QuartoPath}' was not found on PATH; install Quarto (https://quarto.org), or name it with Rendering:QuartoPath."
                );
        if (sandbox.IsConfined && (await Sandbox.ProbeAsync()).Rung == SandboxRung.None)
            return new Check(Name, true, $"{program.Path}, which is not started without a sandbox");
        return await program.VersionAsync(sandbox, cancellationToken) is { } version
            ? new Check(Name, true, $"{program.Path} {version}, for {string.Join(", ", QuartoProgram.Formats)}")
            : new Check(
                Name,
                false,
                $"{program.Path} does not work: '{program.Path} --version' says no version. Install Quarto anew, or set Rendering:Engine to Builtin."
            );
    }

    public static async Task<Check> SandboxAsync()
    {
        const string Name = "sandbox";
        var probe = await Sandbox.ProbeAsync();
        return probe.Rung switch
        {
            SandboxRung.Full => new Check(Name, true, "whole: documents' and packages' code is contained"),
            SandboxRung.WithoutProc => new Check(Name, true, $"without /proc inside. {probe.Mend}"),
            _ => new Check(Name, false, $"none, so no code is run. {probe.Mend}"),
        };
    }

    public static Check Present(string program, string debianPackage) =>
        ProgramPath.TryFind(program) is { } path
            ? new Check(program, true, path)
            : new Check(
                program,
                false,
                $"The program '{program}' was not found on PATH; install it (Debian: {debianPackage})."
            );
}
