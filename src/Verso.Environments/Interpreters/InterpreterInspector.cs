using System.Text.Json;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Interpreters;

/// <summary>
/// Describes the base interpreter. Asking Python takes some 0.2 s, so the answer is kept on disk for as long as the
/// program and the folders of its search path are untouched (installing or upgrading a package touches its folder).
/// </summary>
public sealed class InterpreterInspector(EnvironmentsOptions options, StoreLayout layout)
{
    private static readonly string Script = EmbeddedText.Read("inspect_interpreter.py");

    private Inspection? _latest;

    /// <summary>Where the base interpreter is.</summary>
    /// <exception cref="InterpreterException">There is none.</exception>
    public string Path =>
        ProgramPath.TryFind(options.Python)
        ?? throw new InterpreterException(
            $"There is no Python at '{options.Python}'; install python3 or name another in Environments:Python."
        );

    /// <exception cref="InterpreterException">There is none, or it cannot serve.</exception>
    public async Task<BaseInterpreter> InspectAsync(CancellationToken cancellationToken)
    {
        var path = Path;
        var cacheFile = layout.InterpreterFile(CanonicalJson.Hash(path));
        var known = _latest ?? StoreJson.TryRead<Inspection>(cacheFile);
        if (known is not null && known.Stamp == Stamp(path, known.Interpreter.SearchPath))
        {
            _latest = known;
            return known.Interpreter;
        }
        var interpreter = await AskAsync(path, cancellationToken);
        _latest = new Inspection(Stamp(path, interpreter.SearchPath), interpreter);
        Remember(cacheFile, _latest);
        return interpreter;
    }

    private void Remember(string cacheFile, Inspection inspection)
    {
        try
        {
            layout.Create();
            StoreJson.Write(cacheFile, inspection);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is asked again next time. Who needs the store itself will say what is wrong with it.
        }
    }

    private static async Task<BaseInterpreter> AskAsync(string path, CancellationToken cancellationToken)
    {
        var spec = new ProcessSpec(path, "-I", "-c", Script) { Timeout = TimeSpan.FromSeconds(30) };
        var result = await ProcessRunner.RunAsync(spec, cancellationToken);
        var answer = result.Succeeded ? TryParse(result.Output) : null;
        if (answer is null)
            throw new InterpreterException(
                $"{path} does not work as a Python interpreter: {LastWords(result.Error)}. Name another in Environments:Python."
            );
        if (answer.IsVirtualEnvironment)
            throw new InterpreterException(
                $"{path} belongs to a virtualenv, whose packages no other environment can see; "
                    + "name the interpreter it was made with in Environments:Python."
            );
        return new BaseInterpreter(
            path,
            answer.Implementation,
            answer.RealPath,
            answer.Version,
            answer.Abi,
            answer.Platform,
            answer.SearchPath,
            answer.Packages
        )
        {
            CacheTag = answer.CacheTag,
            SitePackages = answer.SitePackages,
            Tags = answer.Tags,
            MarkerValues = answer.MarkerValues,
            Requires = answer
                .Requires.DistinctBy(package => PackageName.Normalize(package.Key))
                .ToDictionary(package => PackageName.Normalize(package.Key), package => package.Value),
        };
    }

    private static Answer? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(json, StoreJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string LastWords(string error) =>
        error.TrimEnd().Split('\n')[^1].TrimEnd('.') is { Length: > 0 } line ? line : "it prints nothing about itself";

    private static string Stamp(string path, IEnumerable<string> searchPath)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var program = new FileInfo(target);
        var folders = searchPath.Select(folder => $"{folder} {Directory.GetLastWriteTimeUtc(folder).Ticks}");
        // What was asked is part of it: an answer to fewer questions is none.
        return CanonicalJson.Hash(
            folders.Prepend($"{target} {program.Length} {program.LastWriteTimeUtc.Ticks}").Prepend(Script)
        );
    }

    private sealed record Inspection(string Stamp, BaseInterpreter Interpreter);

    private sealed record Answer(
        string Implementation,
        string RealPath,
        string Version,
        string Abi,
        string Platform,
        bool IsVirtualEnvironment,
        string CacheTag,
        string SitePackages,
        IReadOnlyList<string> Tags,
        IReadOnlyList<string> SearchPath,
        IReadOnlyDictionary<string, string> Packages,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Requires,
        IReadOnlyDictionary<string, string> MarkerValues
    );
}
