using System.Diagnostics;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling.Attacks;

/// <summary>A document that makes too much of something gets a sentence, and the service goes on.</summary>
[NeedsSandbox]
public sealed class ExhaustionTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("print('x' * (1 << 20))", null)] // a part of it is shown
    [InlineData("os.write(1, b'x' * (1 << 20))", "The disk is full")] // kept in a file of the sandbox
    [InlineData("os.write(2, b'x\\n' * (1 << 19))", "The disk is full")]
    [InlineData("[os.write(fd, b'x' * (1 << 20)) for fd in pipes]", "OutputMiB")] // to the service itself
    [InlineData("[os.write(fd, (b'{' * 63 + b'\\n') * (1 << 14)) for fd in pipes]", "OutputMiB")]
    public async Task A_cell_that_prints_a_gigabyte(string act, string? sentence)
    {
        var before = Process.GetCurrentProcess().WorkingSet64;

        var answer = await _server.CompileAsync(
            "alpha",
            $$"""
            ```{python}
            import os, stat
            pipes = []
            for fd in range(1, 50):
                try:
                    if stat.S_ISFIFO(os.fstat(fd).st_mode):
                        pipes.append(fd)
                except OSError:
                    pass
            for _ in range(1024):
                {{act}}
            ```

            """
        );

        answer.ShouldBe(sentence is null ? "success" : "failure").Error.ShouldContain(sentence ?? "");
        answer.Compile.ToString().Length.ShouldBeLessThan(100_000);
        foreach (var file in answer.Compile.GetProperty("outputFiles").EnumerateArray())
            file.GetProperty("size").GetInt64().ShouldBeLessThan(4 << 20);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        (process.WorkingSet64 - before).ShouldBeLessThan(1L << 30);
        (await _server.CompileAsync("alpha", "# Again")).ShouldBe("success");
    }

    [Fact]
    public async Task A_render_that_leaves_a_hundred_thousand_files()
    {
        const string leaves = """
            ```{python}
            import os
            for folder in range(100):
                os.makedirs(f'left/{folder}')
                for file in range(1000):
                    open(f'left/{folder}/{file}', 'w').close()
            ```

            """;
        var answer = await _server.CompileAsync("alpha", leaves);
        answer.ShouldBe("success").Outputs.ShouldBe(["index.html", "output.log"]);

        (await _server.CompileAsync("alpha", "# Again")).ShouldBe("success");

        Directory.Exists(_server.ProjectFile("alpha", "left")).ShouldBeFalse();
        _server.Unfinished.ShouldBeEmpty();
    }
}
