using System.Text.Json;
using Verso.Bench.Store;
using Verso.Sandboxing;

namespace Verso.Bench.Rendering;

/// <summary>
/// The penguins report as whole processes, in turns: a notebook of it run by nbclient and made HTML by pandoc, and the
/// builtin engine. Its packages are installed for both before. Then a document without code, against pandoc alone.
/// </summary>
internal static class Renders
{
    private const int Rounds = 7;

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    // As ./verso has built it, which is to have run before.
    private static readonly string Program = Path.Combine(Root, "artifacts/verso/verso.dll");

    public static async Task RunAsync(Workplace place)
    {
        var project = place.NewPath("penguins");
        Directory.CreateDirectory(project);
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "examples/penguins")))
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        var document = Path.Combine(project, "report.qmd");
        var (store, caches) = (place.NewPath("store"), place.NewPath("caches"));
        // Builds the environment, and makes the notebook for the other side.
        await RenderAsync(document, store, caches, "--to", "ipynb");
        var recipe = NotebookRecipe.Prepare(place, Path.ChangeExtension(document, "ipynb"));

        var (plain, first, later) = (new List<TimeSpan>(), new List<Render>(), new List<Render>());
        for (var round = 0; round <= Rounds; round++)
        {
            plain.Add(await recipe.RunAsync());
            first.Add(await RenderAsync(document, store, place.NewPath("caches")));
            later.Add(await RenderAsync(document, store, caches));
        }
        // The first round warms the disk's caches.
        var usual = Times.Median(plain.Skip(1));
        MarkdownTable.Print(
            [$"penguins report, median of {Rounds}", "whole process", "ratio", "environment", "cells", "pandoc"],
            [
                ["nbclient, then pandoc", Times.Seconds(usual), "", "", "", ""],
                Row("verso render, the first time", first, usual),
                Row("verso render, later", later, usual),
            ]
        );
        await WithoutCodeAsync(place, store, caches);
    }

    private static async Task WithoutCodeAsync(Workplace place, string store, string caches)
    {
        var document = Path.Combine(Directory.CreateDirectory(place.NewPath("text")).FullName, "text.md");
        await File.WriteAllTextAsync(document, "---\ntitle: Text\n---\n\n# A heading\n\n*Text* and $x^2$.\n");
        var html = Path.ChangeExtension(document, "html");
        var (pandoc, verso, start) = (new List<TimeSpan>(), new List<Render>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            string[] arguments = [document, "--standalone", "--self-contained", "--mathml", "--output", html];
            pandoc.Add((await Programs.RunAsync(new ProcessSpec("pandoc", arguments))).Elapsed);
            verso.Add(await RenderAsync(document, store, caches));
            start.Add((await Programs.RunAsync(new ProcessSpec("dotnet", Program, "--version"))).Elapsed);
        }
        var (whole, runtime) = (
            Times.Median(verso.Skip(1).Select(render => render.Elapsed)),
            Times.Median(start.Skip(1))
        );
        MarkdownTable.Print(
            [$"a document without code, median of {Rounds}", "whole process", "beyond verso --version"],
            [
                ["pandoc alone", Times.Seconds(Times.Median(pandoc.Skip(1))), ""],
                ["verso --version", Times.Seconds(runtime), ""],
                ["verso render", Times.Seconds(whole), Times.Seconds(whole - runtime)],
            ]
        );
    }

    private static async Task<Render> RenderAsync(
        string document,
        string store,
        string caches,
        params string[] arguments
    )
    {
        var (output, elapsed) = await Programs.RunAsync(
            new ProcessSpec("dotnet", [Program, "render", document, "--engine", "builtin", "--json", .. arguments]),
            new()
            {
                ["PYTHON_VENVS_DIR"] = store,
                ["Rendering__CacheDirectory"] = caches,
                ["PackageIndex__Upstream"] = "",
                ["PackageIndex__Wheelhouses__0"] = NotebookRecipe.Wheelhouse,
            }
        );
        using var report = JsonDocument.Parse(output);
        var timings = report.RootElement.GetProperty("timings");
        return new Render(
            elapsed,
            timings.EnumerateObject().ToDictionary(stage => stage.Name, stage => stage.Value.GetDouble())
        );
    }

    private static IReadOnlyList<string> Row(string name, IReadOnlyList<Render> renders, TimeSpan usual)
    {
        var elapsed = Times.Median(renders.Skip(1).Select(render => render.Elapsed));
        string Stage(string stage) =>
            Times.Seconds(
                Times.Median(renders.Skip(1).Select(render => TimeSpan.FromMilliseconds(render.Milliseconds[stage])))
            );
        return
        [
            name,
            Times.Seconds(elapsed),
            Times.Ratio(usual, elapsed),
            Stage("environment"),
            Stage("execute"),
            Stage("pandoc"),
        ];
    }

    private sealed record Render(TimeSpan Elapsed, IReadOnlyDictionary<string, double> Milliseconds);
}
