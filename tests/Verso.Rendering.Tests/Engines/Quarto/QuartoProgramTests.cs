using Verso.Rendering.Engines.Quarto;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Engines.Quarto;

[NeedsSandbox]
public sealed class QuartoProgramTests : IDisposable
{
    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task It_is_asked_for_its_version_in_the_sandbox()
    {
        var planted = _root.Combine("planted");
        var program = Installed($"touch '{planted}'\necho 1.10.18");

        var version = await program.VersionAsync(
            new Sandbox(new SandboxOptions()),
            TestContext.Current.CancellationToken
        );

        version.ShouldBe("1.10.18");
        File.Exists(planted).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_fails_has_none()
    {
        var program = Installed("echo 1.10.18\nexit 1");

        (
            await program.VersionAsync(new Sandbox(new SandboxOptions()), TestContext.Current.CancellationToken)
        ).ShouldBeNull();
    }

    private QuartoProgram Installed(string script)
    {
        var path = _root.Write("bin/quarto", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_root.Path, ForEverybody);
        File.SetUnixFileMode(path, ForEverybody);
        _root.Write("share/version", "1.10.18\n");
        return QuartoProgram.TryFind(path)!;
    }
}
