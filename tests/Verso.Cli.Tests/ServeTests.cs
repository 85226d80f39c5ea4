namespace Verso.Cli.Tests;

/// <summary>However the service ends, the next one finds nothing locked.</summary>
[NeedsSandbox]
public sealed class ServeTests(Installation installation)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_kill_every_project_compiles_again()
    {
        using var place = new TemporaryDirectory();
        var variables = Variables(place);
        var mark = $"{Random.Shared.Next(100_000_000, 999_999_999)}";
        var loops = $$"""
            ```{python}
            import subprocess
            subprocess.Popen(['sleep', '{{mark}}'])
            while True: pass
            ```

            """;
        string[] projects = ["p0", "p1", "p2", "p3"];
        using (var killed = await ServingProgram.StartAsync(variables))
        {
            foreach (var project in projects)
                (await killed.CompileAsync(project, "# Words", Token)).ShouldBe("success");
            var compiles = projects.Select(project => killed.CompileAsync(project, loops, Token)).ToList();
            await Eventually.IsTrueAsync(
                () => ProcessTable.WithArgument(mark).Count == 2,
                "two of them run, and two wait",
                Token
            );

            await killed.KillAsync();

            foreach (var compile in compiles)
                await Should.ThrowAsync<HttpRequestException>(compile);
        }
        await Eventually.IsTrueAsync(() => ProcessTable.WithArgument(mark).Count == 0, "the documents are dead", Token);

        using var next = await ServingProgram.StartAsync(variables);
        foreach (var project in projects)
            (await next.CompileAsync(project, "# Again", Token)).ShouldBe("success");
        Directory.EnumerateFileSystemEntries(place.Combine("compiles", "v1", "staging")).ShouldBeEmpty();
        (await next.TerminateAsync()).ShouldBe(0);
        Directory.GetFileSystemEntries(place.Path, "verso-*").ShouldBeEmpty("work directories were left behind");
    }

    private Dictionary<string, string> Variables(TemporaryDirectory place) =>
        new(installation.Variables(place))
        {
            ["Compile__Listen"] = "http://127.0.0.1:0",
            ["Compile__Directory"] = place.Combine("compiles"),
            ["Compile__Concurrent"] = "2",
            ["Rendering__CacheDirectory"] = place.Combine("caches"),
        };
}
