using System.IO.Compression;
using Verso.Bench.Store;
using Verso.Sandboxing;

namespace Verso.Bench.Rendering;

/// <summary>What people do without Quarto and Verso: run a notebook with nbclient (Debian: python3-nbclient), then pandoc.</summary>
internal sealed class NotebookRecipe(string packages, string notebook)
{
    private const string Execute = """
        import sys, nbformat
        from nbclient import NotebookClient
        notebook = nbformat.read(sys.argv[1], 4)
        NotebookClient(notebook, kernel_name="python3").execute()
        nbformat.write(notebook, sys.argv[2])
        """;

    /// <summary>Made by <c>./verso</c>.</summary>
    public static readonly string Wheelhouse = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../../wheelhouse")
    );

    public static NotebookRecipe Prepare(Workplace place, string notebook)
    {
        var packages = place.NewPath("packages");
        foreach (var wheel in Directory.GetFiles(Wheelhouse, "*.whl"))
            ZipFile.ExtractToDirectory(wheel, packages);
        return new NotebookRecipe(packages, notebook);
    }

    public async Task<TimeSpan> RunAsync()
    {
        var executed = Path.ChangeExtension(notebook, "executed.ipynb");
        var folder = Path.GetDirectoryName(notebook)!;
        var (_, cells) = await Programs.RunAsync(
            new ProcessSpec("/usr/bin/python3", "-c", Execute, notebook, executed) { WorkingDirectory = folder },
            new() { ["PYTHONPATH"] = packages }
        );
        string[] arguments = [executed, "--standalone", "--self-contained", "--mathml", "--output", executed + ".html"];
        var (_, pandoc) = await Programs.RunAsync(new ProcessSpec("pandoc", arguments) { WorkingDirectory = folder });
        return cells + pandoc;
    }
}
