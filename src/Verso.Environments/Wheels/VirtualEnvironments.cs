using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Wheels;

/// <summary>Makes empty virtualenvs that see the base interpreter's packages, from a template kept for each interpreter.</summary>
internal sealed partial class VirtualEnvironments(StoreLayout layout)
{
    private const int FormatVersion = 1;

    /// <exception cref="InterpreterException">The interpreter makes no virtualenvs.</exception>
    public async Task<VirtualEnvironmentTemplate> TemplateAsync(
        BaseInterpreter interpreter,
        CancellationToken cancellationToken
    )
    {
        var file = layout.InterpreterFile(Key(interpreter));
        if (StoreJson.TryRead<VirtualEnvironmentTemplate>(file) is { } known)
            return known;
        var template = await MakeAsync(interpreter, cancellationToken);
        StoreJson.Write(file, template);
        return template;
    }

    /// <exception cref="InterpreterException">The interpreter makes no virtualenvs.</exception>
    /// <param name="directory">Where it stands for good; nothing is there yet.</param>
    public async Task CreateAsync(BaseInterpreter interpreter, string directory, CancellationToken cancellationToken)
    {
        // venv quotes for shells what they would take apart, each version in its own way.
        if (Plain().IsMatch(directory))
            (await TemplateAsync(interpreter, cancellationToken)).WriteTo(directory);
        else
            await RunVenvAsync(interpreter, directory, cancellationToken);
    }

    // An upgrade that leaves the version alone still touches the program.
    private static string Key(BaseInterpreter interpreter)
    {
        var program = new FileInfo(interpreter.RealPath);
        return CanonicalJson.Hash(
            new
            {
                Template = FormatVersion,
                interpreter.Path,
                interpreter.RealPath,
                interpreter.Version,
                interpreter.Abi,
                interpreter.Platform,
                program.Length,
                program.LastWriteTimeUtc.Ticks,
            }
        );
    }

    private async Task<VirtualEnvironmentTemplate> MakeAsync(
        BaseInterpreter interpreter,
        CancellationToken cancellationToken
    )
    {
        using var staging = layout.NewStagingDirectory();
        var directory = Path.Combine(staging.Path, $"venv{Guid.NewGuid():N}");
        await RunVenvAsync(interpreter, directory, cancellationToken);
        var entries = new FileSystemEnumerable<TemplateEntry>(
            directory,
            (ref FileSystemEntry entry) => Describe(directory, entry.ToFullPath()),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
        )
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return new VirtualEnvironmentTemplate([.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]);
    }

    private static TemplateEntry Describe(string directory, string path)
    {
        var inside = Path.GetRelativePath(directory, path);
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
            return new TemplateEntry(inside, target, Text: null, Executable: false);
        if (!file.Exists)
            return new TemplateEntry(inside, LinkTarget: null, Text: null, Executable: false);
        var text = File.ReadAllText(path)
            .Replace(directory, VirtualEnvironmentTemplate.DirectoryMark)
            .Replace(Path.GetFileName(directory), VirtualEnvironmentTemplate.NameMark);
        return new TemplateEntry(inside, null, text, file.UnixFileMode.HasFlag(UnixFileMode.UserExecute));
    }

    private static async Task RunVenvAsync(
        BaseInterpreter interpreter,
        string directory,
        CancellationToken cancellationToken
    )
    {
        // Without pip: the base's own is visible inside, and ensurepip would take seconds.
        string[] arguments = ["-I", "-m", "venv", "--without-pip", "--system-site-packages", directory];
        var spec = new ProcessSpec(interpreter.Path, arguments)
        {
            Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8" },
            Timeout = TimeSpan.FromMinutes(1),
        };
        var result = await ProcessRunner.RunAsync(spec, cancellationToken);
        if (!result.Succeeded)
            throw new InterpreterException(
                $"{interpreter.Path} cannot make a virtualenv ({(result.Error + result.Output).Trim()}); install its venv module (Debian: python3-venv)."
            );
    }

    // What Python's shlex.quote leaves alone.
    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex Plain();
}
