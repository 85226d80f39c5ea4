using System.Text.Json;
using Verso.Environments.Interpreters;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Checking;

/// <summary>
/// Tries a finished environment, so that what is wrong with it is said when it is built and not at somebody's render:
/// modules that do not import, and packages of the base that no longer fit. A warning is no failure, for many a package
/// has nothing to import, or wants a set-up of its own.
/// </summary>
internal sealed class EnvironmentCheck(Sandbox sandbox)
{
    private const int MostModules = 20;
    private const int LongestText = 500;

    private static readonly string Script = EmbeddedText.Read("check_environment.py");

    /// <returns>Sentences, none when all is well.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        BaseInterpreter interpreter,
        EnvironmentPlan environment,
        IReadOnlyList<Pin> pins,
        CancellationToken cancellationToken
    )
    {
        var hidden = Hidden(interpreter, pins);
        var spec = new ProcessSpec(Path.Combine(environment.Directory, "bin", "python"), "-I", "-c", Script)
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["HOME"] = SandboxProfile.Home,
                ["LANG"] = "C.UTF-8",
            },
            Input = JsonSerializer.Serialize(
                new
                {
                    packages = environment
                        .Wheels.Where(entry => entry.Requested)
                        .ToDictionary(
                            entry => entry.Wheel.Manifest.Name,
                            entry => entry.Wheel.Manifest.Modules.Take(MostModules)
                        ),
                    replaced = hidden.ToDictionary(pin => PackageName.Normalize(pin.Name), pin => pin.Version),
                }
            ),
        };
        var profile = SandboxProfile.Build(sandbox.Options) with
        {
            ReadOnly = [.. interpreter.FoldersOutsideSystem, environment.Directory],
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        return result.Succeeded && TryParse(result.Process.Output) is { } answer
            ?
            [
                .. answer.Failed.Where(failure => failure is not null).Select(Describe),
                .. Misfits(answer, interpreter, hidden),
            ]
            : [$"The packages could not be tried. {result.Explanation ?? "Python ended without an answer."}"];
    }

    private static List<Pin> Hidden(BaseInterpreter interpreter, IReadOnlyList<Pin> pins) =>
        [
            .. pins.Where(pin =>
                interpreter.Packages.Any(package =>
                    PackageName.Normalize(package.Key) == PackageName.Normalize(pin.Name)
                    && package.Value != pin.Version
                )
            ),
        ];

    private static CheckAnswer? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckAnswer>(json, StoreJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(CheckAnswer.Failure failure)
    {
        var import = StrangersText.Plain($"{failure.Package}: '{failure.Module}'", LongestText);
        var error = StrangersText.Plain($"{failure.Error}: {FirstLine(failure.Message)}", LongestText);
        return SharedLibraries.MissingIn(failure.Message) is { } library
            ? $"{import} cannot be imported, because {library} is missing here. {SharedLibraries.Advice(library, PackageName.Normalize(failure.Package))}"
            : $"{import} cannot be imported here ({error}).";
    }

    private static IEnumerable<string> Misfits(CheckAnswer answer, BaseInterpreter interpreter, List<Pin> hidden) =>
        from pin in hidden
        let said = answer.Misfits.GetValueOrDefault(PackageName.Normalize(pin.Name)) ?? []
        let misfits = said.Where(name => name is not null && interpreter.Packages.ContainsKey(name)).ToList()
        where misfits.Count > 0
        let old = interpreter.Packages.First(package =>
            PackageName.Normalize(package.Key) == PackageName.Normalize(pin.Name)
        )
        select $"{pin.Name} {pin.Version} hides the base's {pin.Name} {old.Value}; {Join(misfits)} "
            + $"{(misfits.Count == 1 ? "was" : "were")} made for that one: add {(misfits.Count == 1 ? "it" : "them")} to {RequirementsFile.Name}.";

    private static string Join(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.');
}
