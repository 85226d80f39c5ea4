using System.Security.Cryptography;
using System.Text.Json;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Wheels;

/// <summary>Compiles the modules of many wheels in one run of the sandbox.</summary>
internal sealed class WheelCompiler(Sandbox sandbox)
{
    private static readonly string Script = EmbeddedText.Read("compile_wheels.py");

    /// <summary>
    /// The compiler reads what strangers wrote, so it may write to a folder of its own alone, and only regular files
    /// are taken from there. A file that is no Python is left without a compiled form, as pip leaves it.
    /// </summary>
    /// <param name="modules">Each path of a source and of the compiled file to make.</param>
    /// <param name="output">An empty folder that nobody else uses.</param>
    /// <returns>Of each compiled file its SHA-256 and its size; null where there is none.</returns>
    /// <exception cref="WheelException">The compiler crashed, or was stopped by a limit.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<IReadOnlyList<(string Sha256, long Size)?>> CompileAsync(
        BaseInterpreter interpreter,
        string sources,
        IReadOnlyList<(string Source, string Compiled)> modules,
        string output,
        CancellationToken cancellationToken
    )
    {
        string Made(int number) => Path.Combine(output, $"{number}.pyc");
        var spec = new ProcessSpec(interpreter.Path, "-I", "-c", Script)
        {
            Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8" },
            Input = JsonSerializer.Serialize(modules.Select((module, i) => (string[])[module.Source, Made(i)])),
        };
        var profile = SandboxProfile.Build(sandbox.Options) with
        {
            ReadOnly = [.. interpreter.FoldersOutsideSystem, sources],
            Writable = [new WritableFolder(output)],
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        if (!result.Succeeded && FullDisk.IsNamedIn(result.Process.Error))
            throw new IOException(FullDisk.Message);
        if (!result.Succeeded)
            throw new WheelException(
                $"The modules of the wheels could not be compiled. {result.Explanation ?? result.Process.Error.Trim().Split('\n')[^1]}"
            );
        var taken = new (string Sha256, long Size)?[modules.Count];
        await InParallel.ForAsync(modules.Count, i => taken[i] = Take(Made(i), modules[i].Compiled), cancellationToken);
        return taken;
    }

    // Whoever made it is dead, so what is hashed here is what stands in the store.
    private static (string Sha256, long Size)? Take(string made, string compiled)
    {
        using var file = RegularFile.Open(made);
        if (file is null)
            return null;
        NewFile.SetMode(file.SafeFileHandle, executable: false);
        Directory.CreateDirectory(Path.GetDirectoryName(compiled)!);
        File.Move(made, compiled, overwrite: true); // a wheel may bring one
        return (Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
    }
}
